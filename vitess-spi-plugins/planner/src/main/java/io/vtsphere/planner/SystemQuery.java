package io.vtsphere.planner;

import io.vtsphere.sql.ast.ComparisonOp;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Query;
import io.vtsphere.sql.ast.Rewriter;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A query over MySQL's own schemas: any one shard answers it. Where a column of information_schema is compared with a schema name, the
 * tablet puts its database's name in the place of the keyspace's.
 */
final class SystemQuery {
    /** The bind variable that holds the keyspace whose database is meant. */
    static final String SCHEMA_NAME = "__vtschemaname";

    private static final Set<String> SCHEMA_COLUMNS = Set.of(
            "table_schema",
            "schema_name",
            "constraint_schema",
            "index_schema",
            "routine_schema",
            "trigger_schema",
            "event_schema");

    private final Planning planning;
    private final List<RouteValue> names = new ArrayList<>();

    SystemQuery(Planning planning) {
        this.planning = planning;
    }

    Primitive plan(Query query) {
        if (!planning.scan().hasOnly(TableSource.Kind.SYSTEM, TableSource.Kind.DUAL)) {
            throw VtError.VT12001.with("join of tables with those of MySQL's own schemas: "
                    + String.join(", ", planning.tables().used()));
        }
        Query renamed = new SchemaNames().query(query);
        if (names.stream().distinct().count() > 1) {
            throw VtException.of(Code.UNIMPLEMENTED, "specifying two different database in the query is not supported");
        }
        Routing routing = planning.anyShard(Opcode.DBA);
        SentText text = planning.text();
        return new Primitive.Route(
                routing,
                text.print(renamed),
                text.fieldQuery(renamed),
                List.of(),
                0,
                true,
                List.copyOf(planning.tables().used()),
                names.stream().distinct().toList());
    }

    /** Replaces the values that schema names are compared with, in conditions of WHERE that every row must fulfil. */
    private final class SchemaNames extends Rewriter {
        @Override
        public Query query(Query query) {
            Query inner = super.query(query);
            if (!(inner instanceof Select select) || select.where() == null) {
                return inner;
            }
            List<Expr> conjuncts = new ArrayList<>();
            for (Expr conjunct : Conjuncts.of(select.where())) {
                conjuncts.add(renamed(conjunct));
            }
            return select.withWhere(conjuncts.size() == 1 ? conjuncts.get(0) : new Expr.And(conjuncts));
        }
    }

    private Expr renamed(Expr conjunct) {
        if (conjunct instanceof Expr.Comparison comparison && comparison.op() == ComparisonOp.EQ) {
            if (isSchemaColumn(comparison.left())) {
                return new Expr.Comparison(ComparisonOp.EQ, comparison.left(), renamedValue(comparison.right()));
            }
            if (isSchemaColumn(comparison.right())) {
                return new Expr.Comparison(ComparisonOp.EQ, renamedValue(comparison.left()), comparison.right());
            }
        }
        return conjunct;
    }

    private static boolean isSchemaColumn(Expr expr) {
        return expr instanceof Expr.Column column
                && SCHEMA_COLUMNS.contains(column.name().toLowerCase(Locale.ROOT));
    }

    private Expr renamedValue(Expr expr) {
        RouteValue value = RouteValues.single(expr);
        if (value == null || RouteValues.isNull(expr)) {
            return expr;
        }
        names.add(value);
        return new Expr.Bind(SCHEMA_NAME, null);
    }
}
