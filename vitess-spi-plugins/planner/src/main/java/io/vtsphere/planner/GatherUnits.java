package io.vtsphere.planner;

import io.vtsphere.sql.ast.Comments;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Node;
import io.vtsphere.sql.ast.Query;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.TableExpr;
import io.vtsphere.sql.ast.TableName;
import io.vtsphere.sql.ast.Walker;
import io.vtsphere.vterrors.State;
import io.vtsphere.vterrors.VtException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds queries inside a query that shards compute down to fewer rows than their tables have: groups, distinct rows, the first rows. Only such
 * as stand alone: no column and no common table expression of the query around is in them. Of a name without a table nobody knows here whether
 * a table inside has it; a tablet will: where none has, the execution is refused, and the query's tables are gathered instead.
 */
final class GatherUnits {
    private final Tables tables;
    private final String hints;

    GatherUnits(Tables tables, String hints) {
        this.tables = tables;
        this.hints = hints;
    }

    /**
     * The query as a unit of that name; null where it is none.
     *
     * @param alone whether its place already keeps it from the columns around it
     */
    @Nullable
    GatheredUnit of(Query query, String name, boolean alone, Predicate<TableName> isCte) {
        if (!(query instanceof Select select)
                || !reduces(select)
                || select.with() != null
                || !select.lock().isEmpty()
                || !select.into().isEmpty()
                || !standsAlone(select, alone, isCte)) {
            return null;
        }
        TableScan scan = TableScan.of(select, tables);
        if (!scan.has(TableSource.Kind.SHARDED) || scan.keyspaces().size() != 1) {
            return null;
        }
        Select hinted = hints.isEmpty() ? select : select.withComments(Comments.of(List.of("/*+ " + hints + " */")));
        Planning planning = new Planning(tables, scan);
        Primitive plan;
        try {
            plan = new QueryPlanner(planning).pushed(hinted);
        } catch (VtException refusal) {
            if (refusal.state() == State.NOT_SUPPORTED_YET) {
                return null;
            }
            throw refusal;
        }
        String keyspace = scan.keyspaces().iterator().next();
        Query empty = SentText.withoutRows(hinted);
        return new GatheredUnit(
                name,
                plan,
                Routing.of(Opcode.REFERENCE, keyspace, true),
                planning.text().print(empty));
    }

    private static boolean reduces(Select select) {
        return !select.groupBy().isEmpty()
                || select.options().distinct()
                || select.limit() != null
                || !Functions.ofResult(select).aggregates().isEmpty();
    }

    private static boolean standsAlone(Select select, boolean alone, Predicate<TableName> isCte) {
        Set<String> exposed = new HashSet<>();
        boolean[] own = {true};
        new Walker() {
            @Override
            protected boolean enter(Node node) {
                if (node instanceof TableExpr.Table table) {
                    exposed.add(table.exposedName());
                    own[0] &= !isCte.test(table.name());
                } else if (node instanceof TableExpr.Derived derived) {
                    exposed.add(derived.alias());
                }
                return true;
            }
        }.walk(select);
        if (alone) {
            return own[0];
        }
        new Walker() {
            @Override
            protected boolean enter(Node node) {
                if (node instanceof Expr.Column column) {
                    own[0] &= column.table() == null || exposed.contains(column.table());
                }
                return true;
            }
        }.walk(select);
        return own[0];
    }
}
