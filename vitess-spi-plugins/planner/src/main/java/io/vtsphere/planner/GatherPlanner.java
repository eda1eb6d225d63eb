package io.vtsphere.planner;

import io.vtsphere.sql.ast.Comments;
import io.vtsphere.sql.ast.Cte;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Limit;
import io.vtsphere.sql.ast.Literal;
import io.vtsphere.sql.ast.Query;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.SelectItem;
import io.vtsphere.sql.ast.SelectOptions;
import io.vtsphere.sql.ast.SetOperation;
import io.vtsphere.sql.ast.TableExpr;
import io.vtsphere.sql.ast.With;
import io.vtsphere.topo.TableVSchema;
import io.vtsphere.vterrors.State;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Plans a query whose rows no shard has together: they are gathered on one tablet. */
public final class GatherPlanner {
    /** Stands in {@link Primitive.Gather#query()} for an optimizer hint. */
    public static final String HINT = "__gather_hint";

    /** Locks that the reads of the rows can take in the query's place. */
    static final Set<String> LOCKS = Set.of("for update", "for share", "lock in share mode");

    private static final Pattern SET_VAR =
            Pattern.compile("SET_VAR\\s*\\((?:[^()']|'[^']*')*\\)", Pattern.CASE_INSENSITIVE);
    private static final Pattern SQL_MODE =
            Pattern.compile("SET_VAR\\s*\\(\\s*sql_mode\\b(?:[^()']|'[^']*')*\\)", Pattern.CASE_INSENSITIVE);

    private final Planning planning;
    private String lock = "";

    GatherPlanner(Planning planning) {
        this.planning = planning;
    }

    /** The plan; null where the query cannot be answered so either. Used once. */
    @Nullable
    Primitive plan(Query locking) {
        Query query = locking;
        if (locking instanceof Select select && LOCKS.contains(select.lock())) {
            lock = select.lock();
            query = select.withLock("");
        }
        Primitive byTables = gathered(query, query, null);
        Select first = first(query);
        Select overGroups = query instanceof Select select ? overGroups(select) : null;
        Primitive byUnits =
                gathered(overGroups == null ? query : overGroups, query, first == null ? "" : hints(first.comments()));
        if (!(byUnits instanceof Primitive.Gather gather) || gather.units().isEmpty()) {
            return byTables;
        }
        return byTables == null ? byUnits : new Primitive.Either(byUnits, byTables);
    }

    /** The query over its groups, where its tables lie together; else null. */
    private @Nullable Select overGroups(Select select) {
        try {
            return GroupsApart.of(new BlockAnalyzer(planning.tables()).root(select));
        } catch (VtException refusal) {
            if (refusal.state() == State.NOT_SUPPORTED_YET) {
                return null;
            }
            throw refusal;
        }
    }

    /**
     * The rows of {@code written} gathered.
     *
     * @param written means the same as {@code query}
     * @param unitHints null where tables only are to be gathered
     */
    private @Nullable Primitive gathered(Query written, Query query, @Nullable String unitHints) {
        String home = home();
        if (home == null) {
            return null;
        }
        GatherScan scan = new GatherScan(planning.tables(), home, unitHints);
        Query named;
        try {
            named = scan.query(written);
        } catch (VtException refusal) {
            if (refusal.state() == State.NOT_SUPPORTED_YET) {
                return null;
            }
            throw refusal;
        }
        if (scan.leaves().isEmpty() && scan.units().isEmpty()) {
            return null;
        }
        Select first = first(query);
        String hints = first == null ? "" : hints(first.comments());
        boolean distinct = written instanceof Select select && DuplicatesDoNotMatter.to(select, scan.leaves());
        List<GatheredTable> tables = new GatherOrder(scan.leaves())
                .inOrder().stream().map(step -> table(step, hints, distinct)).toList();
        List<String> names = new ArrayList<>();
        scan.units().forEach(unit -> names.add(unit.name()));
        tables.forEach(table -> names.add(table.name()));
        boolean sharded = planning.tables().state().keyspace(home).sharded();
        boolean oneKeyspace = planning.scan().keyspaces().size() == 1;
        Query locked = scan.readsTables() && named instanceof Select select ? select.withLock(lock) : named;
        Routing routing = Routing.of(sharded ? Opcode.REFERENCE : Opcode.UNSHARDED, home, sharded);
        return new Primitive.Gather(
                routing,
                tables,
                scan.units(),
                planning.text().print(withPlaceholders(withHint(locked), names)),
                oneKeyspace ? planning.text().print(query.withLimit(new Limit(null, Literal.integer(0)))) : null,
                hints,
                scan.readsTables() || !lock.isEmpty(),
                GatherOrigins.of(named, new HashSet<>(names)),
                parts(locked, scan, routing, names));
    }

    private @Nullable GatherParts parts(Query locked, GatherScan scan, Routing routing, List<String> names) {
        Scope scope = scan.whole();
        if (scope == null || !(locked instanceof Select select)) {
            return null;
        }
        return new GatherSplit(select, scope, scan.leaves())
                .parts((sent, orderBy, resultColumns, rowWithoutInput) -> new Primitive.Route(
                        routing,
                        planning.text().print(withPlaceholders(withHint(sent), names)),
                        "",
                        orderBy,
                        resultColumns,
                        rowWithoutInput,
                        List.copyOf(planning.tables().used()),
                        List.of()));
    }

    /** An unsharded keyspace, whose tables then stay where they are; else the one of the first table. Null without tables. */
    private @Nullable String home() {
        List<TableVSchema> found = planning.scan().found();
        for (TableVSchema table : found) {
            if (!table.sharded()) {
                return table.keyspace();
            }
        }
        return found.isEmpty() ? null : found.get(0).keyspace();
    }

    private GatheredTable table(GatherOrder.Step step, String hints, boolean distinct) {
        GatherLeaf leaf = step.leaf();
        GatherLeaf.Link link = step.link();
        Primitive rows = rows(leaf, hints, distinct);
        GatheredTable.Reduced reduced = null;
        if (link != null && rows instanceof Primitive.Route) {
            Expr in = new Expr.In(false, link.column(), new Expr.ListBind(GatheredTable.KEYS));
            List<Expr> conditions = new ArrayList<>(leaf.conditions());
            conditions.add(in);
            reduced = new GatheredTable.Reduced(
                    link.source().name(),
                    link.sourceColumn(),
                    link.id().column(),
                    route(leaf, conditions, hints, distinct, false));
        }
        return new GatheredTable(
                leaf.name(),
                leaf.table().keyspace(),
                leaf.table().name(),
                leaf.allColumns() ? null : leaf.columns(),
                rows,
                reduced,
                distinct);
    }

    /** Where a lookup table that cannot be asked would lead to the rows, they are looked for without it. */
    private Primitive rows(GatherLeaf leaf, String hints, boolean distinct) {
        try {
            return LookupRoutes.withLookup(route(leaf, leaf.conditions(), hints, distinct, true), planning.tables());
        } catch (VtException refusal) {
            if (refusal.state() == State.NOT_SUPPORTED_YET) {
                return route(leaf, leaf.conditions(), hints, distinct, false);
            }
            throw refusal;
        }
    }

    private Primitive.Route route(
            GatherLeaf leaf, List<Expr> conditions, String hints, boolean distinct, boolean lookups) {
        TableExpr.Table from = leaf.expr();
        Expr where =
                conditions.isEmpty() ? null : conditions.size() == 1 ? conditions.get(0) : new Expr.And(conditions);
        Select select =
                Select.of(List.of(SelectItem.Item.of(Expr.Column.of(GatheredTable.COLUMNS))), List.of(from), where);
        if (!hints.isEmpty()) {
            select = select.withComments(Comments.of(List.of("/*+ " + hints + " */")));
        }
        if (distinct) {
            select = select.withOptions(SelectOptions.DISTINCT);
        }
        if (leaf.outermost()) {
            select = select.withLock(lock);
        }
        RouteOption option = GatherOrder.option(leaf, conditions, planning.tables(), lookups);
        SentText text = planning.text().withLists(option);
        return new Primitive.Route(
                option.routing(),
                text.print(select),
                text.fieldQuery(select),
                List.of(),
                0,
                false,
                List.of(leaf.table().toString()),
                List.of());
    }

    private static @Nullable Select first(Query query) {
        if (query instanceof SetOperation operation) {
            return first(operation.left());
        }
        return query instanceof Select select ? select : null;
    }

    /** The {@code SET_VAR} hints among the comments. */
    static String hints(Comments comments) {
        StringBuilder hints = new StringBuilder();
        for (String comment : comments.texts()) {
            Matcher matcher = SET_VAR.matcher(comment.startsWith("/*+") ? comment : "");
            while (matcher.find()) {
                hints.append(hints.isEmpty() ? "" : " ").append(matcher.group());
            }
        }
        return hints.toString();
    }

    /** The mode that a session set must not stand beside the one that the execution sets. */
    private static Query withHint(Query query) {
        if (query instanceof SetOperation operation) {
            return operation.withLeft(withHint(operation.left()));
        }
        if (!(query instanceof Select select)) {
            return query;
        }
        List<String> texts = select.comments().texts().stream()
                .map(text -> SQL_MODE.matcher(text).replaceAll(""))
                .toList();
        return (Query) OptimizerHints.add(select.withComments(Comments.of(texts)), HINT);
    }

    private static Query withPlaceholders(Query query, List<String> names) {
        List<Cte> all = new ArrayList<>();
        names.forEach(name -> all.add(new Cte(name, List.of(), GatheredTable.PLACEHOLDER)));
        With own = query.with();
        if (own != null) {
            all.addAll(own.tables());
        }
        return query.withWith(new With(own != null && own.recursive(), all));
    }
}
