package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vtsphere.executor.gather.GatheredColumn;
import io.vtsphere.executor.gather.GatheredRows;
import io.vtsphere.planner.GatheredTable;
import io.vtsphere.planner.Opcode;
import io.vtsphere.planner.Primitive;
import io.vtsphere.planner.QueryText;
import io.vtsphere.planner.Routing;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which shards' rows a statement gathers of its tables, one table after the other or several at a time: one that the rows of another reduce waits
 * for these. Used once, on a session thread.
 */
final class GatherReads {
    /** Most values by which the rows of a table are reduced; with more the table is read as if there were none. */
    private static final int MAX_KEYS = 2_000;

    private final List<GatheredTable> left;
    private final Map<String, GatheredRows> gathered;
    private final GatherDefinitions definitions;
    private final Router router;
    private final ShardRun shards;
    private final Binds binds;

    /** @param gathered the rows by their name, as they come */
    GatherReads(
            List<GatheredTable> tables,
            Map<String, GatheredRows> gathered,
            GatherDefinitions definitions,
            Router router,
            ShardRun shards,
            Binds binds) {
        this.left = new ArrayList<>(tables);
        this.gathered = gathered;
        this.definitions = definitions;
        this.router = router;
        this.shards = shards;
        this.binds = binds;
    }

    /**
     * The read of one table.
     *
     * @param read null where it can have no rows
     */
    record TableRead(
            GatheredTable table,
            List<GatheredColumn> columns,
            @Nullable ShardRead read) {}

    /** Leaves out a table that is read in another way. */
    void without(GatheredTable table) {
        left.remove(table);
    }

    boolean isEmpty() {
        return left.isEmpty();
    }

    /** Takes the tables whose rows can be read now and whose shards are known without asking. */
    List<TableRead> first() {
        return take(false);
    }

    /** Takes the tables whose rows can be read now; may ask a lookup table for their shards. */
    List<TableRead> next() {
        return take(true);
    }

    private List<TableRead> take(boolean lookups) {
        List<TableRead> reads = new ArrayList<>();
        for (Iterator<GatheredTable> tables = left.iterator(); tables.hasNext(); ) {
            GatheredTable table = tables.next();
            GatheredTable.Reduced reduced = table.reduced();
            boolean ready = reduced == null || gathered.containsKey(reduced.source());
            if (ready && (lookups || !(table.rows() instanceof Primitive.VindexLookup))) {
                tables.remove();
                reads.add(read(table));
            }
        }
        return reads;
    }

    /** The read of a table; those that it is reduced by must be there. */
    TableRead read(GatheredTable table) {
        List<GatheredColumn> columns = GatheredRows.chosen(definitions.columns(table), table.columns());
        String list = GatheredRows.selectList(columns);
        GatheredTable.Reduced reduced = table.reduced();
        Keys keys = reduced == null ? null : keys(reduced, columns);
        if (reduced == null || keys == null) {
            return new TableRead(table, columns, all(table.rows(), list));
        }
        if (keys.values().isEmpty()) {
            return new TableRead(table, columns, null);
        }
        Binds with = binds.copy().setList(GatheredTable.KEYS, keys.values());
        Primitive.Route route = reduced.rows();
        return new TableRead(table, columns, read(route, resolve(route.routing(), keys, with), list, with));
    }

    private @Nullable ShardRead all(Primitive rows, String list) {
        if (rows instanceof Primitive.VindexLookup lookup) {
            return read(lookup.route(), new LookupRun(router, shards).shards(lookup, binds), list, binds);
        }
        Primitive.Route route = (Primitive.Route) rows;
        return read(route, router.resolve(route.routing(), binds), list, binds);
    }

    private static @Nullable ShardRead read(
            Primitive.Route route, List<ShardQuery> resolved, String list, Binds binds) {
        String sql = GatherDocuments.replace(route.query().sql(), GatheredTable.COLUMNS, list);
        return resolved.isEmpty()
                ? null
                : new ShardRead(resolved, new QueryText(sql, route.query().binds()), binds, true);
    }

    private record Keys(SqlType type, List<SqlValue> values) {}

    /** The values by which rows are reduced; null where that might lose some, or where they are too many. */
    private @Nullable Keys keys(GatheredTable.Reduced reduced, List<GatheredColumn> columns) {
        GatheredRows source = Objects.requireNonNull(gathered.get(reduced.source()), "gathered before");
        GatheredColumn from = source.column(reduced.sourceColumn());
        GatheredColumn to = new GatheredRows(columns, List.of()).column(reduced.column());
        SqlType type = from == null || to == null ? null : from.keyType(to);
        List<SqlValue> values = type == null ? null : source.keys(reduced.sourceColumn(), type, MAX_KEYS);
        return values == null || type == null ? null : new Keys(type, values);
    }

    /** The shards with those keys. Texts that are equal under a collation may lie on different shards: they are looked for on all. */
    private List<ShardQuery> resolve(Routing routing, Keys keys, Binds with) {
        if (routing.opcode() != Opcode.IN || keys.type() != SqlType.VARCHAR) {
            return router.resolve(routing, with);
        }
        Map<String, Query.BindVariable> own = Map.of(Routing.VALS, Binds.listVariable(keys.values()));
        return router.everyShard(routing).stream()
                .map(shard -> new ShardQuery(shard.target(), own))
                .toList();
    }
}
