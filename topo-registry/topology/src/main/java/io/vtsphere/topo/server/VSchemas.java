package io.vtsphere.topo.server;

import io.vitess.proto.Vschema;
import io.vtsphere.topo.connection.TopoConnection;
import io.vtsphere.topo.connection.TopoException;
import io.vtsphere.topo.connection.TopoException.Kind;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** VSchemas and routing rules, and the record in every cell that gathers them. Source: Vitess' {@code go/vt/topo/vschema.go}. */
final class VSchemas {
    private final TopoConnection global;
    private final Cells cells;
    private final Locks locks;

    VSchemas(TopoConnection global, Cells cells, Locks locks) {
        this.global = global;
        this.cells = cells;
        this.locks = locks;
    }

    Vschema.Keyspace get(String keyspace) {
        return Records.get(global, RecordPaths.vschema(keyspace), Vschema.Keyspace.parser());
    }

    Records.@Nullable Versioned<Vschema.Keyspace> find(String keyspace) {
        try {
            return Records.read(global, RecordPaths.vschema(keyspace), Vschema.Keyspace.parser());
        } catch (TopoException e) {
            if (e.kind() == Kind.NO_NODE) {
                return null;
            }
            throw e;
        }
    }

    /**
     * @param version that the record must have; 0 for one that must not be there
     */
    void save(String keyspace, Vschema.Keyspace vschema, long version) {
        String path = RecordPaths.vschema(keyspace);
        if (version == 0) {
            global.create(path, vschema.toByteString());
        } else {
            global.update(path, vschema.toByteString(), version);
        }
    }

    /** Makes sure that the keyspace has a VSchema, if only an empty one. */
    void ensure(String keyspace) {
        try {
            save(keyspace, Vschema.Keyspace.getDefaultInstance(), 0);
        } catch (TopoException e) {
            if (e.kind() != Kind.NODE_EXISTS) {
                throw e;
            }
        }
    }

    Vschema.@Nullable SrvVSchema findSrvVSchema(String cell) {
        return Records.find(cells.connection(cell), RecordPaths.SRV_VSCHEMA, Vschema.SrvVSchema.parser());
    }

    /** What the cells' records should say now. */
    Vschema.SrvVSchema gather() {
        Vschema.SrvVSchema.Builder gathered = Vschema.SrvVSchema.newBuilder();
        for (String keyspace : Records.directories(global, RecordPaths.KEYSPACES)) {
            Records.Versioned<Vschema.Keyspace> found = find(keyspace);
            gathered.putKeyspaces(keyspace, found == null ? Vschema.Keyspace.getDefaultInstance() : found.message());
        }
        gathered.setRoutingRules(routingRules())
                .setShardRoutingRules(shardRoutingRules())
                .setMirrorRules(mirrorRules());
        Vschema.KeyspaceRoutingRules keyspaceRules =
                Records.find(global, RecordPaths.KEYSPACE_ROUTING_RULES, Vschema.KeyspaceRoutingRules.parser());
        if (keyspaceRules != null) {
            gathered.setKeyspaceRoutingRules(keyspaceRules);
        }
        return gathered.build();
    }

    /**
     * Writes the gathered record to every cell, also after one of them failed.
     *
     * @param inCells empty for all
     * @throws TopoException of the last cell that failed
     */
    void rebuild(Collection<String> inCells) {
        Vschema.SrvVSchema gathered = gather();
        TopoException failure = null;
        for (String cell : inCells.isEmpty() ? cells.names() : List.copyOf(inCells)) {
            try {
                cells.connection(cell).put(RecordPaths.SRV_VSCHEMA, gathered.toByteString());
            } catch (TopoException e) {
                if (failure != null) {
                    e.addSuppressed(failure);
                }
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    Vschema.RoutingRules routingRules() {
        Vschema.RoutingRules rules = Records.find(global, RecordPaths.ROUTING_RULES, Vschema.RoutingRules.parser());
        return rules == null ? Vschema.RoutingRules.getDefaultInstance() : rules;
    }

    void saveRoutingRules(Vschema.RoutingRules rules) {
        putOrDelete(RecordPaths.ROUTING_RULES, rules.toByteString(), rules.getRulesCount() == 0);
    }

    Vschema.ShardRoutingRules shardRoutingRules() {
        Vschema.ShardRoutingRules rules =
                Records.find(global, RecordPaths.SHARD_ROUTING_RULES, Vschema.ShardRoutingRules.parser());
        return rules == null ? Vschema.ShardRoutingRules.getDefaultInstance() : rules;
    }

    void saveShardRoutingRules(Vschema.ShardRoutingRules rules) {
        putOrDelete(RecordPaths.SHARD_ROUTING_RULES, rules.toByteString(), rules.getRulesCount() == 0);
    }

    Vschema.KeyspaceRoutingRules keyspaceRoutingRules() {
        Vschema.KeyspaceRoutingRules rules =
                Records.find(global, RecordPaths.KEYSPACE_ROUTING_RULES, Vschema.KeyspaceRoutingRules.parser());
        return rules == null ? Vschema.KeyspaceRoutingRules.getDefaultInstance() : rules;
    }

    void saveKeyspaceRoutingRules(Vschema.KeyspaceRoutingRules rules) {
        locks.holdingRoutingRules("ApplyKeyspaceRoutingRules", () -> {
            global.put(RecordPaths.KEYSPACE_ROUTING_RULES, rules.toByteString());
            return rules;
        });
    }

    Vschema.MirrorRules mirrorRules() {
        Vschema.MirrorRules rules = Records.find(global, RecordPaths.MIRROR_RULES, Vschema.MirrorRules.parser());
        return rules == null ? Vschema.MirrorRules.getDefaultInstance() : rules;
    }

    private void putOrDelete(String path, com.google.protobuf.ByteString contents, boolean delete) {
        if (!delete) {
            global.put(path, contents);
            return;
        }
        try {
            global.delete(path);
        } catch (TopoException e) {
            if (e.kind() != Kind.NO_NODE) {
                throw e;
            }
        }
    }
}
