package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vtsphere.planner.Opcode;
import io.vtsphere.planner.Primitive;
import io.vtsphere.planner.RouteValue;
import io.vtsphere.planner.Routing;
import io.vtsphere.vterrors.VtError;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the rows of a join's part are looked for. */
final class JoinReads {
    private JoinReads() {}

    /** A part's read without the LIMIT around it, which the whole join's LIMIT makes needless. */
    static Primitive unlimited(Primitive rows) {
        return rows instanceof Primitive.Limit limit ? limit.input() : rows;
    }

    /** The read itself, without the look-up that may lead to its shards. */
    static Primitive.Route route(Primitive rows) {
        return rows instanceof Primitive.VindexLookup lookup ? lookup.route() : (Primitive.Route) rows;
    }

    /**
     * All shards, each with all values, where the read would otherwise go where a vindex has them; null where the values do not say where it
     * goes.
     *
     * @param keys the bind variable of the values
     * @throws io.vtsphere.vterrors.VtException VT12001 where the values are one column of several of a vindex
     */
    static @Nullable List<ShardQuery> everywhere(Primitive rows, String keys, Binds binds, Router router) {
        Routing routing = rows instanceof Primitive.VindexLookup lookup
                ? lookup.routing()
                : route(rows).routing();
        if (!isByKeys(routing, keys)) {
            return null;
        }
        if (routing.values().size() > 1 || routing.opcode() != Opcode.IN) {
            throw VtError.VT12001.with("join of rows of several shards by a text that is a part of a vindex");
        }
        Map<String, Query.BindVariable> own =
                Map.of(Routing.VALS, Binds.listVariable(binds.values(new RouteValue.ListBind(keys))));
        return router.everyShard(routing).stream()
                .map(shard -> new ShardQuery(shard.target(), own))
                .toList();
    }

    /** Whether the values are those, or some of those, that say where the read goes. */
    static boolean isByKeys(Routing routing, String keys) {
        return routing.values().stream().anyMatch(value -> isKeys(value, keys));
    }

    private static boolean isKeys(RouteValue value, String keys) {
        if (value instanceof RouteValue.OfText text) {
            return isKeys(text.value(), keys);
        }
        if (value instanceof RouteValue.OfInteger integer) {
            return isKeys(integer.value(), keys);
        }
        return value instanceof RouteValue.ListBind list && list.name().equals(keys);
    }
}
