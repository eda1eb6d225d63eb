package io.vtsphere.planner;

import io.vtsphere.topo.TableVSchema;
import org.jspecify.annotations.Nullable;

/**
 * Where the rows of a named table come from.
 *
 * @param table its VSchema; null for {@link Kind#DUAL} and {@link Kind#SYSTEM}
 */
record TableSource(Kind kind, @Nullable TableVSchema table) {
    static final TableSource DUAL = new TableSource(Kind.DUAL, null);
    static final TableSource SYSTEM = new TableSource(Kind.SYSTEM, null);

    enum Kind {
        /** No rows but one empty one, on every shard. */
        DUAL,
        /** MySQL's own schemas: every shard has its own rows. */
        SYSTEM,
        /** All rows on the one shard of an unsharded keyspace. */
        UNSHARDED,
        /** All rows on every shard of a sharded keyspace. */
        REFERENCE,
        /** All rows on the shard of one keyspace id. */
        PINNED,
        /** Each row where its primary vindex puts it. */
        SHARDED
    }
}
