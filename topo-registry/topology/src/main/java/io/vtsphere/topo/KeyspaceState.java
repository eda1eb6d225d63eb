package io.vtsphere.topo;

import io.vitess.proto.Topodata;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One keyspace in a snapshot: its VSchema and its shards per tablet type. Immutable and thread-safe; a snapshot reuses the object of the
 * one before when nothing about the keyspace changed.
 */
public final class KeyspaceState {
    private final KeyspaceVSchema vschema;
    private final Topodata.@Nullable SrvKeyspace record;
    private final Map<TabletType, ShardMap> shards;

    KeyspaceState(KeyspaceVSchema vschema, Topodata.@Nullable SrvKeyspace record) {
        this.vschema = vschema;
        this.record = record;
        this.shards = new EnumMap<>(TabletType.class);
        if (record != null) {
            for (Topodata.SrvKeyspace.KeyspacePartition partition : record.getPartitionsList()) {
                shards.putIfAbsent(TabletType.of(partition.getServedType()), ShardMap.of(vschema.name(), partition));
            }
        }
    }

    public String name() {
        return vschema.name();
    }

    public boolean sharded() {
        return vschema.sharded();
    }

    public KeyspaceVSchema vschema() {
        return vschema;
    }

    /** What is wrong with the keyspace's newest VSchema, which is then not in use; null when nothing is. */
    public @Nullable VtException error() {
        return vschema.error();
    }

    /** The tablet types that the cell serves the keyspace for. */
    public Iterable<TabletType> servedTypes() {
        return java.util.Collections.unmodifiableSet(shards.keySet());
    }

    /**
     * The shards that serve a tablet type.
     *
     * @throws VtException INVALID_ARGUMENT when the cell serves the keyspace, but not for this type; UNKNOWN when the cell has no
     *     SrvKeyspace record for it
     */
    public ShardMap shards(TabletType type) {
        ShardMap map = shards.get(type);
        if (map != null) {
            return map;
        }
        if (record == null) {
            throw VtException.of(
                    Code.UNKNOWN,
                    "keyspace " + name() + " fetch error: node doesn't exist: keyspaces/" + name() + "/SrvKeyspace");
        }
        throw VtException.of(
                Code.INVALID_ARGUMENT, "No partition found for tabletType " + type.lower() + " in keyspace " + name());
    }

    Topodata.@Nullable SrvKeyspace record() {
        return record;
    }

    @Override
    public String toString() {
        return vschema + " " + shards;
    }
}
