package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vtsphere.planner.Opcode;
import io.vtsphere.planner.Primitive;
import io.vtsphere.planner.RouteValue;
import io.vtsphere.planner.Routing;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.topo.Target;
import io.vtsphere.vterrors.VtError;
import java.util.List;
import java.util.Map;

/**
 * Queries of information_schema that name schemas: a keyspace's name decides where they go, and the tablet puts its database's name in its
 * place.
 *
 * <p>Source: {@code routeInfoSchemaQuery} in Vitess' {@code go/vt/vtgate/engine/routing.go}.
 */
final class SchemaNames {
    private static final String SCHEMA_NAME = "__vtschemaname";

    /** Tells the tablet to use the name of its own database for {@link #SCHEMA_NAME}. */
    private static final Map<String, Query.BindVariable> REPLACE =
            Map.of("__replacevtschemaname", Binds.bindVariable(SqlValue.int64(1)));

    private SchemaNames() {}

    /** The shards of a read; {@code binds} gets the schema's name where the query asks for it. */
    static List<ShardQuery> resolve(Primitive.Route route, Router router, Binds binds) {
        Routing routing = route.routing();
        if (routing.opcode() != Opcode.DBA || route.schemaNames().isEmpty()) {
            return router.resolve(routing, binds);
        }
        SqlValue name = binds.value(route.schemaNames().get(0));
        for (RouteValue other : route.schemaNames()) {
            if (!binds.value(other).text().equals(name.text())) {
                throw VtError.VT12001.with("specifying two different database in the query is not supported");
            }
        }
        binds.set(SCHEMA_NAME, name);
        String keyspace = name.text();
        if (!router.state().keyspaces().containsKey(keyspace)) {
            return router.resolve(routing, binds);
        }
        boolean sharded = router.state().keyspace(keyspace).sharded();
        Target target = router.resolve(Routing.of(Opcode.DBA, keyspace, sharded), binds)
                .get(0)
                .target();
        return List.of(new ShardQuery(target, REPLACE));
    }
}
