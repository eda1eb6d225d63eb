package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vtsphere.topo.Target;
import java.util.Map;

/**
 * A query's way to one shard.
 *
 * @param own bind variables that only this shard gets; they go before the statement's
 */
record ShardQuery(Target target, Map<String, Query.BindVariable> own) {
    ShardQuery(Target target) {
        this(target, Map.of());
    }
}
