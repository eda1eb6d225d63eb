package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vtsphere.planner.ComparedValue;
import io.vtsphere.planner.Opcode;
import io.vtsphere.planner.RouteValue;
import io.vtsphere.planner.Routing;
import io.vtsphere.planner.ShardTarget;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.topo.KeyspaceState;
import io.vtsphere.topo.ServingState;
import io.vtsphere.topo.ShardMap;
import io.vtsphere.topo.ShardRef;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.Target;
import io.vtsphere.vindex.AllShards;
import io.vtsphere.vindex.Destination;
import io.vtsphere.vindex.KeyRange;
import io.vtsphere.vindex.KeyspaceId;
import io.vtsphere.vindex.KeyspaceIds;
import io.vtsphere.vindex.MultiColumnVindex;
import io.vtsphere.vindex.None;
import io.vtsphere.vindex.Sequential;
import io.vtsphere.vindex.SingleColumnVindex;
import io.vtsphere.vindex.Vindex;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/**
 * From a plan's routing and the values of its bind variables to shards. Computes only: no call to a tablet, no blocking.
 *
 * <p>Source of the rules: Vitess' {@code go/vt/vtgate/engine/routing.go}. Confined to one statement.
 *
 * @param state the snapshot that the statement was planned with
 * @param type what the shards are asked as
 * @param preferred shards of the session's open transaction, preferred where any shard will do
 * @param anyOf picks one of so many
 */
record Router(ServingState state, TabletType type, Set<Target> preferred, IntUnaryOperator anyOf) {

    /**
     * The shards of a routing in the order in which they are first met, each once.
     *
     * @throws VtException when a value has no shard that it should have, or the keyspace's shards do not cover the key space
     */
    List<ShardQuery> resolve(Routing routing, Binds binds) {
        KeyspaceState keyspace = state.keyspace(routing.keyspace());
        ShardMap shards = keyspace.shards(type);
        return switch (routing.opcode()) {
            case UNSHARDED, NEXT -> one(routing, shards.onlyShard());
            case SCATTER -> all(routing, shards.allShards());
            case DBA, REFERENCE -> List.of(new ShardQuery(any(routing.keyspace(), shards)));
            case NONE -> List.of();
            case BY_DESTINATION -> byTarget(routing, shards, routing.requireTarget());
            case EQUAL_UNIQUE, EQUAL, SUB_SHARD ->
                all(routing, shardsOf(find(routing.requireVindex(), single(routing, binds)), shards));
            case BETWEEN -> all(routing, between(routing, binds, shards));
            case IN -> in(routing, binds, shards);
            case MULTI_EQUAL -> all(routing, multiEqual(routing, binds, shards));
        };
    }

    /** Any one shard: one of the open transaction where there is one. */
    Target any(String keyspace, ShardMap shards) {
        for (Target target : preferred) {
            if (target.keyspace().equals(keyspace) && target.type() == type && shards.shard(target.shard()) != null) {
                return target;
            }
        }
        List<ShardRef> all = shards.shards();
        if (all.isEmpty()) {
            throw VtException.of(Code.UNAVAILABLE, "no shard in keyspace");
        }
        return target(keyspace, all.get(anyOf.applyAsInt(all.size())));
    }

    /** Every shard of a keyspace, as a write to a reference table needs them. */
    List<ShardQuery> everyShard(Routing routing) {
        return all(routing, state.keyspace(routing.keyspace()).shards(type).allShards());
    }

    /**
     * What a vindex maps a row of values to.
     *
     * @throws VtException VT12001 for a vindex that must ask a table
     */
    static Destination map(Vindex vindex, List<SqlValue> row) {
        if (vindex instanceof SingleColumnVindex single && row.size() == 1) {
            return single.map(row.get(0));
        }
        if (vindex instanceof MultiColumnVindex multi) {
            return multi.map(row);
        }
        throw VtError.VT12001.with("routing by vindex '" + vindex.name() + "' of type '" + vindex.type() + "'");
    }

    /**
     * Where the rows are whose vindex columns MySQL finds equal to those values: {@code 2.0} and {@code '2'} find the row of 2.
     *
     * @throws VtException as {@link #map}
     */
    private static Destination find(Vindex vindex, List<SqlValue> row) {
        if (row.size() == 1) {
            SqlValue value = row.get(0);
            SqlValue compared = ComparedValue.of(vindex, value);
            return map(vindex, compared == value ? row : List.of(compared));
        }
        return map(vindex, row);
    }

    /** The shards of a destination, each once. */
    static Collection<ShardRef> shardsOf(Destination destination, ShardMap shards) {
        if (destination instanceof KeyspaceId id) {
            return List.of(shards.shardFor(id));
        }
        if (destination instanceof KeyspaceIds several) {
            Set<ShardRef> found = new LinkedHashSet<>();
            for (KeyspaceId id : several.ids()) {
                found.add(shards.shardFor(id));
            }
            return found;
        }
        if (destination instanceof KeyRange range) {
            return shards.shardsFor(range);
        }
        return destination instanceof AllShards ? shards.allShards() : List.of();
    }

    private List<ShardQuery> byTarget(Routing routing, ShardMap shards, ShardTarget target) {
        if (target instanceof ShardTarget.Shard named) {
            ShardRef shard = shards.shard(named.name());
            if (shard == null && hasTablets(routing.keyspace(), named.name())) {
                // one that is about to serve the keyspace, or did: its tablets know whether they answer
                return List.of(new ShardQuery(new Target(routing.keyspace(), named.name(), type)));
            }
            if (shard == null) {
                throw VtException.of(
                        Code.INVALID_ARGUMENT,
                        "unknown shard '" + named.name() + "' in keyspace '" + routing.keyspace() + "'; it has "
                                + shards.shards());
            }
            return one(routing, shard);
        }
        if (target instanceof ShardTarget.OwnerOf owner) {
            return one(routing, shards.shardFor(owner.keyspaceId()));
        }
        if (target instanceof ShardTarget.ExactKeyRange exact) {
            return all(routing, shards.shardsExactly(exact.range()));
        }
        if (target instanceof ShardTarget.Any) {
            return List.of(new ShardQuery(any(routing.keyspace(), shards)));
        }
        return all(routing, shards.allShards());
    }

    private static List<SqlValue> single(Routing routing, Binds binds) {
        List<RouteValue> values = routing.values();
        if (values.size() == 1) {
            return List.of(binds.value(values.get(0)));
        }
        List<SqlValue> row = new ArrayList<>(values.size());
        for (RouteValue value : values) {
            row.add(binds.value(value));
        }
        return row;
    }

    private static Collection<ShardRef> between(Routing routing, Binds binds, ShardMap shards) {
        Vindex vindex = routing.requireVindex();
        if (!(vindex instanceof Sequential ordered)) {
            throw VtError.VT12001.with("BETWEEN by vindex '" + vindex.name() + "' of type '" + vindex.type() + "'");
        }
        SqlValue low = binds.value(routing.values().get(0));
        SqlValue high = binds.value(routing.values().get(1));
        if (!ComparedValue.of(vindex, low).equals(low)
                || !ComparedValue.of(vindex, high).equals(high)) {
            // a bound of another type than the column's: 2.5 lies between two integers
            return shards.allShards();
        }
        Destination range;
        Destination last;
        try {
            range = ordered.rangeMap(low, high);
            // The vindex' range ends before the upper bound, whose rows belong to the answer.
            last = map(vindex, List.of(high));
        } catch (VtException e) {
            // a bound outside what the vindex maps, as a negative one of numeric, excludes nothing
            return shards.allShards();
        }
        if (last instanceof None) {
            return shards.allShards();
        }
        Set<ShardRef> found = new LinkedHashSet<>(shardsOf(range, shards));
        found.addAll(shardsOf(last, shards));
        return found;
    }

    private List<ShardQuery> in(Routing routing, Binds binds, ShardMap shards) {
        List<List<SqlValue>> columns = columns(routing, binds);
        Map<ShardRef, List<Set<SqlValue>>> byShard = new LinkedHashMap<>();
        if (comparesTextWithNumbers(routing, columns) || columns.stream().anyMatch(Router::mixesTextsAndNumbers)) {
            for (ShardRef shard : shards.allShards()) {
                byShard.put(
                        shard,
                        columns.stream().<Set<SqlValue>>map(LinkedHashSet::new).toList());
            }
            return own(routing, byShard);
        }
        for (List<SqlValue> row : product(columns)) {
            for (ShardRef shard : shardsOf(find(routing.requireVindex(), row), shards)) {
                List<Set<SqlValue>> own = byShard.computeIfAbsent(shard, unused -> emptySets(columns.size()));
                for (int i = 0; i < row.size(); i++) {
                    own.get(i).add(row.get(i));
                }
            }
        }
        return own(routing, byShard);
    }

    /** How MySQL compares with one value of a list depends on the types of all of them: none may be taken out. */
    private static boolean mixesTextsAndNumbers(List<SqlValue> list) {
        return list.stream().anyMatch(value -> value.type().isNumber())
                && list.stream().anyMatch(value -> value.type().isText());
    }

    private static boolean comparesTextWithNumbers(Routing routing, List<List<SqlValue>> columns) {
        for (int i = 0; i < columns.size(); i++) {
            if (routing.values().get(i) instanceof RouteValue.OfText
                    && columns.get(i).stream().anyMatch(value -> value.type().isNumber())) {
                return true;
            }
        }
        return false;
    }

    /** Each shard with its own part of the lists. */
    private List<ShardQuery> own(Routing routing, Map<ShardRef, List<Set<SqlValue>>> byShard) {
        List<ShardQuery> queries = new ArrayList<>(byShard.size());
        byShard.forEach((shard, own) -> {
            Map<String, Query.BindVariable> vals = new LinkedHashMap<>();
            for (int i = 0; i < own.size(); i++) {
                if (routing.values().get(i).isList()) {
                    String name = own.size() == 1 ? Routing.VALS : Routing.VALS + i;
                    vals.put(name, Binds.listVariable(List.copyOf(own.get(i))));
                }
            }
            queries.add(new ShardQuery(target(routing.keyspace(), shard), vals));
        });
        return queries;
    }

    private static Collection<ShardRef> multiEqual(Routing routing, Binds binds, ShardMap shards) {
        List<List<SqlValue>> columns = columns(routing, binds);
        int rows = columns.stream().mapToInt(List::size).max().orElse(0);
        Set<ShardRef> found = new LinkedHashSet<>();
        for (int row = 0; row < rows; row++) {
            List<SqlValue> values = new ArrayList<>(columns.size());
            for (int i = 0; i < columns.size(); i++) {
                boolean list = routing.values().get(i).isList();
                values.add(columns.get(i).get(list ? row : 0));
            }
            found.addAll(shardsOf(find(routing.requireVindex(), values), shards));
        }
        return found;
    }

    private static List<List<SqlValue>> columns(Routing routing, Binds binds) {
        List<List<SqlValue>> columns = new ArrayList<>(routing.values().size());
        for (RouteValue value : routing.values()) {
            columns.add(binds.values(value));
        }
        return columns;
    }

    private static List<List<SqlValue>> product(List<List<SqlValue>> columns) {
        List<List<SqlValue>> rows = List.of(List.of());
        for (List<SqlValue> column : columns) {
            List<List<SqlValue>> longer = new ArrayList<>(rows.size() * column.size());
            for (List<SqlValue> row : rows) {
                for (SqlValue value : column) {
                    List<SqlValue> extended = new ArrayList<>(row);
                    extended.add(value);
                    longer.add(extended);
                }
            }
            rows = longer;
        }
        return rows;
    }

    private static List<Set<SqlValue>> emptySets(int count) {
        List<Set<SqlValue>> sets = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            sets.add(new LinkedHashSet<>());
        }
        return sets;
    }

    private boolean hasTablets(String keyspace, String shard) {
        return state.tablets().values().stream()
                .anyMatch(tablet ->
                        tablet.keyspace().equals(keyspace) && tablet.shard().equals(shard));
    }

    private List<ShardQuery> one(Routing routing, ShardRef shard) {
        return List.of(new ShardQuery(target(routing.keyspace(), shard)));
    }

    private List<ShardQuery> all(Routing routing, Collection<ShardRef> shards) {
        if (shards.size() == 1) {
            return one(routing, shards.iterator().next());
        }
        List<ShardQuery> queries = new ArrayList<>(shards.size());
        for (ShardRef shard : shards) {
            queries.add(new ShardQuery(target(routing.keyspace(), shard)));
        }
        return queries;
    }

    private Target target(String keyspace, ShardRef shard) {
        return new Target(keyspace, shard.name(), type);
    }

    /** Whether the routing may be resolved here at all, without asking a table. */
    static boolean isComputed(Routing routing) {
        return routing.opcode() == Opcode.NONE
                || routing.vindex() == null
                || !routing.requireVindex().needsVCursor();
    }
}
