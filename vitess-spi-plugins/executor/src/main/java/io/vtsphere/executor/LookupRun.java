package io.vtsphere.executor;

import com.google.protobuf.ByteString;
import io.vitess.proto.Query;
import io.vtsphere.executor.rows.Cells;
import io.vtsphere.planner.Primitive;
import io.vtsphere.planner.RouteValue;
import io.vtsphere.planner.Routing;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.topo.ShardMap;
import io.vtsphere.topo.ShardRef;
import io.vtsphere.topo.Target;
import io.vtsphere.vindex.Destination;
import io.vtsphere.vindex.LookupQuery;
import io.vtsphere.vindex.LookupVindex;
import io.vtsphere.vindex.VindexQueries.CommitOrder;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Asks lookup tables where rows are, for a session thread.
 *
 * <p>Not thread-safe: belongs to the thread that runs the statement. Source: Vitess' {@code go/vt/vtgate/engine/vindex_lookup.go}. Unlike
 * there, what the table finds equal to a value counts, however it is written.
 */
final class LookupRun {
    private final Router router;
    private final ShardRun shards;

    LookupRun(Router router, ShardRun shards) {
        this.router = router;
        this.shards = shards;
    }

    /**
     * The shards that hold rows with the values, each once; each gets all values of a list.
     *
     * @throws VtException of the look-up; UNKNOWN when a unique vindex has several entries for one value
     */
    List<ShardQuery> shards(Primitive.VindexLookup step, Binds binds) {
        LookupQuery query = ((LookupVindex) step.routing().requireVindex()).query();
        return shards(step.routing(), ids -> ask(step.lookup(), query, ids, binds), binds);
    }

    /** The same with another way to ask for the entries of some values. */
    List<ShardQuery> shards(Routing routing, Function<List<SqlValue>, List<List<SqlValue>>> entries, Binds binds) {
        RouteValue wanted = routing.values().get(0);
        Set<SqlValue> ids = new LinkedHashSet<>(binds.values(wanted));
        // NULL equals no row.
        ids.remove(SqlValue.NULL);
        if (ids.isEmpty()) {
            return List.of();
        }
        ShardMap map = router.state().keyspace(routing.keyspace()).shards(router.type());
        Set<ShardRef> found = new LinkedHashSet<>();
        for (Destination destination : destinations(routing, List.copyOf(ids), entries)) {
            found.addAll(Router.shardsOf(destination, map));
        }
        Map<String, Query.BindVariable> own =
                wanted.isList() ? Map.of(Routing.VALS, Binds.listVariable(binds.values(wanted))) : Map.of();
        List<ShardQuery> queries = new ArrayList<>(found.size());
        for (ShardRef shard : found) {
            queries.add(new ShardQuery(new Target(routing.keyspace(), shard.name(), router.type()), own));
        }
        return queries;
    }

    private static List<Destination> destinations(
            Routing routing, List<SqlValue> ids, Function<List<SqlValue>, List<List<SqlValue>>> ask) {
        LookupVindex vindex = (LookupVindex) routing.requireVindex();
        LookupQuery query = vindex.query();
        List<List<SqlValue>> rows = new ArrayList<>();
        if (query.batch() || ids.get(0).type().isIntegral()) {
            rows.addAll(ask.apply(ids));
        } else {
            for (SqlValue id : ids) {
                rows.addAll(ask.apply(List.of(id)));
            }
        }
        Map<Object, List<List<SqlValue>>> entries = new LinkedHashMap<>();
        for (List<SqlValue> row : rows) {
            // With several columns, one value of the first may well have several entries.
            Object group = vindex.fromColumns().size() == 1 ? row.get(0) : entries.size();
            entries.computeIfAbsent(group, unused -> new ArrayList<>()).add(row);
        }
        List<SqlValue> names = new ArrayList<>(entries.size());
        entries.values().forEach(group -> names.add(group.get(0).get(0)));
        return vindex.mapResult(names, List.copyOf(entries.values()));
    }

    private List<List<SqlValue>> ask(Primitive.Route route, LookupQuery query, List<SqlValue> ids, Binds binds) {
        Binds asked = binds.copy().setList(query.argument(), ids);
        List<ShardQuery> resolved = router.resolve(route.routing(), asked);
        if (resolved.isEmpty()) {
            return List.of();
        }
        // Where the entries of rows that the same transaction has inserted are seen.
        ShardRun run = shards.in(query.autocommit() ? CommitOrder.AUTOCOMMIT : query.commitOrder());
        List<StatementResult> results = run.read(resolved, route.query(), asked);
        List<List<SqlValue>> rows = new ArrayList<>();
        for (StatementResult result : results) {
            for (Query.Row row : result.rows()) {
                rows.add(values(row, result.fields()));
            }
        }
        return rows;
    }

    /** The two columns of an entry: the value and where its rows are. */
    static List<SqlValue> values(Query.Row row, List<Query.Field> fields) {
        List<SqlValue> values = new ArrayList<>(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            SqlType type = SqlType.ofNumber(fields.get(i).getTypeValue());
            if (type == null) {
                throw VtException.of(
                        Code.INTERNAL, "column " + fields.get(i).getName() + " of a lookup table has an unknown type");
            }
            ByteString cell = Cells.get(row, i);
            values.add(cell == null ? SqlValue.NULL : SqlValue.of(type, cell.toByteArray()));
        }
        return values;
    }
}
