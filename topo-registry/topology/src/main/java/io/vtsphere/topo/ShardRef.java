package io.vtsphere.topo;

import io.vtsphere.vindex.KeyRange;
import org.jspecify.annotations.Nullable;

/**
 * A shard as routing knows it.
 *
 * @param keyRange the keyspace ids it holds; null for a shard without a key range ({@code 0}), which holds all of them
 */
public record ShardRef(String name, @Nullable KeyRange keyRange) {
    @Override
    public String toString() {
        return name;
    }
}
