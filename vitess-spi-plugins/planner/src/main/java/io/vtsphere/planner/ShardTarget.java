package io.vtsphere.planner;

import io.vtsphere.vindex.KeyRange;
import io.vtsphere.vindex.KeyspaceId;

/**
 * Shards named without a value of a row: by the session's target, or because the statement goes to one or all of them.
 *
 * <p>{@link #toString()} prints it as {@code VEXPLAIN PLAN} prints a {@code TargetDestination}. Immutable and thread-safe.
 */
public sealed interface ShardTarget {
    /** All shards of the keyspace. */
    ShardTarget ALL = new All();

    /** Any one shard of the keyspace, the gate's choice. */
    ShardTarget ANY = new Any();

    record All() implements ShardTarget {
        @Override
        public String toString() {
            return "AllShards()";
        }
    }

    record Any() implements ShardTarget {
        @Override
        public String toString() {
            return "AnyShard()";
        }
    }

    /** The shard of that name; it must exist. */
    record Shard(String name) implements ShardTarget {
        @Override
        public String toString() {
            return "Shard(" + name + ")";
        }
    }

    /** The shards that together cover exactly this range; both ends must be shard boundaries. */
    record ExactKeyRange(KeyRange range) implements ShardTarget {
        @Override
        public String toString() {
            return "ExactKeyRange(" + range + ")";
        }
    }

    /** The shard that owns this keyspace id. */
    record OwnerOf(KeyspaceId keyspaceId) implements ShardTarget {
        @Override
        public String toString() {
            return "KeyspaceID(" + keyspaceId + ")";
        }
    }
}
