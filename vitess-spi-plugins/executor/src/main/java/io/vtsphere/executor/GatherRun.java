package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vtsphere.executor.gather.GatheredColumn;
import io.vtsphere.executor.gather.GatheredRows;
import io.vtsphere.planner.GatherPlanner;
import io.vtsphere.planner.GatheredTable;
import io.vtsphere.planner.GatheredUnit;
import io.vtsphere.planner.Opcode;
import io.vtsphere.planner.Primitive;
import io.vtsphere.planner.QueryText;
import io.vtsphere.planner.Routing;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.topo.Target;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers one query over rows that it gathers on a tablet; see {@link Primitive.Gather}. All blocking, on a session thread; used once.
 *
 * <p>In this order: the query itself with LIMIT 0, for its errors and columns; the tables' definitions; the rows, table by table; the query.
 */
final class GatherRun {
    /** Most values by which the rows of a table are reduced; with more the table is read as if there were none. */
    private static final int MAX_KEYS = 2_000;

    /** MySQL's ER_BAD_FIELD_ERROR. */
    private static final int BAD_FIELD = 1054;

    /** Most bytes of documents: what fits into a message to a tablet (16 MiB) besides the query. */
    private static final long MAX_DOCUMENT_BYTES = 15L << 20;

    private final Primitive.Gather gather;
    private final Router router;
    private final ShardRun shards;
    private final Target target;
    private final Function<Primitive, StatementResult> steps;
    private final Map<String, GatheredRows> gathered = new HashMap<>();
    private final GatherOwnFields own;
    private long rows;
    private long bytes;

    /** @param steps runs the plan of a query inside the query, with the same bind variables */
    GatherRun(
            Primitive.Gather gather,
            Router router,
            ShardRun shards,
            Binds binds,
            Function<Primitive, StatementResult> steps) {
        this.gather = gather;
        this.router = router;
        this.shards = shards;
        this.steps = steps;
        this.target = router.resolve(gather.routing(), binds).get(0).target();
        this.own = new GatherOwnFields(gather, gathered);
    }

    StatementResult run(Binds binds) {
        QueryText check = gather.check();
        List<Query.Field> fields = check == null
                ? null
                : shards.read(target, binds.bind(check, Map.of()), false).fields();
        for (GatheredUnit unit : gather.units()) {
            StatementResult found = answered(unit);
            own.ofUnit(unit.name(), found.fields());
            gathered.put(unit.name(), GatherUnit.of(unit, found, router, shards, binds));
            count(found.rows());
        }
        GatherDefinitions definitions = GatherDefinitions.read(gather, router, shards);
        for (GatheredTable table : gather.tables()) {
            List<GatheredColumn> columns = GatheredRows.chosen(definitions.columns(table), table.columns());
            gathered.put(table.name(), read(table, columns, binds));
        }
        Binds documents = binds.copy();
        StatementResult result =
                shards.read(target, documents.bind(query(definitions, documents), Map.of()), gather.readsTables());
        StatementResult described = fields == null ? result : GatherFields.of(fields, result);
        return described.withFields(own.in(described.fields(), this::ask));
    }

    private List<Query.Field> ask(String keyspace, QueryText query) {
        Target any = router.any(keyspace, router.state().keyspace(keyspace).shards(router.type()));
        return shards.read(any, new Binds().bind(query, Map.of()), false).fields();
    }

    private StatementResult answered(GatheredUnit unit) {
        try {
            return steps.apply(unit.plan());
        } catch (VtException e) {
            if (e.errno() == BAD_FIELD) {
                throw VtError.VT12001.with(
                        "subquery with columns of the query around it over several shards: " + e.getMessage());
            }
            throw e;
        }
    }

    /** The columns of the result. */
    List<Query.Field> fields(Binds binds) {
        QueryText check = gather.check();
        if (check != null) {
            return shards.read(target, binds.bindForFields(check), false).fields();
        }
        for (GatheredUnit unit : gather.units()) {
            gathered.put(unit.name(), GatherUnit.empty(unit, router, shards, binds));
        }
        GatherDefinitions definitions = GatherDefinitions.read(gather, router, shards);
        for (GatheredTable table : gather.tables()) {
            List<GatheredColumn> columns = GatheredRows.chosen(definitions.columns(table), table.columns());
            gathered.put(table.name(), new GatheredRows(columns, List.of()));
        }
        Binds documents = binds.copy();
        List<Query.Field> fields = shards.read(target, documents.bindForFields(query(definitions, documents)), false)
                .fields();
        return own.in(fields, this::ask);
    }

    private GatheredRows read(GatheredTable table, List<GatheredColumn> columns, Binds binds) {
        String list = GatheredRows.selectList(columns);
        GatheredTable.Reduced reduced = table.reduced();
        Keys keys = reduced == null ? null : keys(reduced, columns);
        List<StatementResult> results;
        if (reduced == null || keys == null) {
            results = read(table.rows(), list, binds);
        } else if (keys.values().isEmpty()) {
            results = List.of();
        } else {
            Binds with = binds.copy().setList(GatheredTable.KEYS, keys.values());
            results = read(reduced.rows(), resolve(reduced.rows().routing(), keys, with), list, with);
        }
        List<Query.Row> found = new ArrayList<>();
        results.forEach(result -> found.addAll(result.rows()));
        count(found);
        if (!results.isEmpty() && !table.distinct()) { // MySQL leaves keys out of what goes through a table of its own
            own.ofTable(table.name(), columns, results.get(0).fields());
        }
        return new GatheredRows(columns, found);
    }

    private List<StatementResult> read(Primitive rows, String list, Binds binds) {
        if (rows instanceof Primitive.VindexLookup lookup) {
            return read(lookup.route(), new LookupRun(router, shards).shards(lookup, binds), list, binds);
        }
        Primitive.Route route = (Primitive.Route) rows;
        return read(route, router.resolve(route.routing(), binds), list, binds);
    }

    private record Keys(SqlType type, List<SqlValue> values) {}

    /** The values by which rows are reduced; null where that might lose some, or where they are too many. */
    private @Nullable Keys keys(GatheredTable.Reduced reduced, List<GatheredColumn> columns) {
        GatheredRows source = Objects.requireNonNull(gathered.get(reduced.source()), "gathered in this order");
        GatheredColumn from = source.column(reduced.sourceColumn());
        GatheredColumn to = new GatheredRows(columns, List.of()).column(reduced.column());
        SqlType type = from == null || to == null ? null : from.keyType(to);
        List<SqlValue> values = type == null ? null : source.keys(reduced.sourceColumn(), type, MAX_KEYS);
        return values == null || type == null ? null : new Keys(type, values);
    }

    /** The shards with those keys. Texts that are equal under a collation may lie on different shards: they are looked for on all. */
    private List<ShardQuery> resolve(Routing routing, Keys keys, Binds binds) {
        if (routing.opcode() != Opcode.IN || keys.type() != SqlType.VARCHAR) {
            return router.resolve(routing, binds);
        }
        Map<String, Query.BindVariable> own = Map.of(Routing.VALS, Binds.listVariable(keys.values()));
        return router.everyShard(routing).stream()
                .map(shard -> new ShardQuery(shard.target(), own))
                .toList();
    }

    private List<StatementResult> read(Primitive.Route route, List<ShardQuery> resolved, String list, Binds binds) {
        String sql = replace(route.query().sql(), GatheredTable.COLUMNS, list);
        QueryText query = new QueryText(sql, route.query().binds());
        if (resolved.size() == 1) {
            ShardQuery only = resolved.get(0);
            return List.of(shards.read(only.target(), binds.bind(query, only.own()), true));
        }
        return resolved.isEmpty() ? List.of() : shards.read(resolved, query, binds);
    }

    private void count(List<Query.Row> found) {
        rows += found.size();
        for (Query.Row row : found) {
            bytes += row.getValues().size();
        }
        shards.requireRoom(rows, bytes);
    }

    /** The query with the rows in it, which become bind variables. */
    private QueryText query(GatherDefinitions definitions, Binds documents) {
        String sql = replace(
                gather.query().sql(),
                GatherPlanner.HINT,
                "SET_VAR(sql_mode='" + definitions.sqlMode(gather.check() != null) + "')");
        List<String> names = new ArrayList<>(gather.query().binds());
        long size = 0;
        for (Map.Entry<String, String> place : placeholders().entrySet()) {
            String name = place.getKey();
            GatheredRows tableRows = Objects.requireNonNull(gathered.get(name), "gathered before");
            byte[] document = tableRows.document();
            size += document.length;
            if (size > MAX_DOCUMENT_BYTES) {
                throw Scatter.tooMuch("rows gathered from several shards exceed the limit of " + MAX_DOCUMENT_BYTES
                        + " bytes of a message to a tablet");
            }
            documents.set(name, SqlValue.of(SqlType.VARCHAR, document));
            names.add(name);
            sql = replace(sql, place.getValue(), name + " as (" + tableRows.query(name) + ")");
        }
        return new QueryText(sql, names);
    }

    private Map<String, String> placeholders() {
        Map<String, String> placeholders = new LinkedHashMap<>();
        gather.units().forEach(unit -> placeholders.put(unit.name(), unit.placeholder()));
        gather.tables().forEach(table -> placeholders.put(table.name(), table.placeholder()));
        return placeholders;
    }

    private static String replace(String text, String part, String by) {
        int at = text.indexOf(part);
        return at < 0 ? text : text.substring(0, at) + by + text.substring(at + part.length());
    }
}
