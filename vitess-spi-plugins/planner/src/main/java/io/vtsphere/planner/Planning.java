package io.vtsphere.planner;

import io.vtsphere.sql.ast.Query;
import java.util.List;

/** What the planners of one statement share. */
record Planning(Tables tables, TableScan scan) {

    /** Any one shard of the session's keyspace, else of the first one, for what every shard answers alike. */
    Routing anyShard(Opcode opcode) {
        String keyspace = Planner.anyKeyspace(tables);
        return Routing.of(opcode, keyspace, tables.state().keyspace(keyspace).sharded());
    }

    /** A query that any routing's shards answer as it is. */
    Primitive route(Routing routing, Query query, SentText text) {
        Primitive.Route route = new Primitive.Route(
                routing,
                text.print(query),
                text.fieldQuery(query),
                List.of(),
                0,
                routing.isSingleShard(),
                List.copyOf(tables.used()),
                List.of());
        return LookupRoutes.withLookup(route, tables);
    }

    SentText text() {
        return new SentText(tables, true);
    }
}
