package io.vtsphere.topo;

import io.vitess.proto.Query;

/**
 * Where a query goes: one shard of one keyspace, served as one tablet type.
 *
 * <p>Immutable and thread-safe; usable as a map key.
 */
public record Target(String keyspace, String shard, TabletType type) {
    /** The form of error texts: {@code customer.-80.primary}. */
    public String key() {
        return keyspace + "." + shard + "." + type.lower();
    }

    public Query.Target proto() {
        return Query.Target.newBuilder()
                .setKeyspace(keyspace)
                .setShard(shard)
                .setTabletType(type.proto())
                .build();
    }

    /** The target of a message; its cell is not kept. */
    public static Target of(Query.Target target) {
        return new Target(target.getKeyspace(), target.getShard(), TabletType.of(target.getTabletType()));
    }

    @Override
    public String toString() {
        return key();
    }
}
