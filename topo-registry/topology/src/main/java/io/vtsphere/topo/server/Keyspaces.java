package io.vtsphere.topo.server;

import io.vitess.proto.Topodata;
import io.vitess.proto.Vschema;
import io.vtsphere.topo.connection.TopoConnection;
import io.vtsphere.topo.connection.TopoException;
import io.vtsphere.topo.connection.TopoException.Kind;
import java.util.List;
import java.util.Set;

/** Keyspace records. Source of the rules: Vitess' {@code go/vt/vtctl/grpcvtctldserver/server.go}. Thread-safe. */
public final class Keyspaces {
    /** The name of the database in which Vitess keeps its own tables, unless a keyspace says otherwise. */
    public static final String SIDECAR_DB_NAME = "_vt";

    /** Which tablets must acknowledge a write; Vitess' {@code go/vt/vtctl/reparentutil/policy}. */
    private static final Set<String> DURABILITY_POLICIES = Set.of(
            "none", "semi_sync", "cross_cell", "semi_sync_with_rdonly_ack", "cross_cell_with_rdonly_ack", "test");

    private final TopoConnection global;
    private final Cells cells;
    private final Shards shards;
    private final VSchemas vschemas;

    Keyspaces(TopoConnection global, Cells cells, Shards shards, VSchemas vschemas) {
        this.global = global;
        this.cells = cells;
        this.shards = shards;
        this.vschemas = vschemas;
    }

    /** The names of all keyspaces, sorted. */
    public List<String> names() {
        return Records.directories(global, RecordPaths.KEYSPACES);
    }

    /** @throws TopoException NO_NODE when there is none of that name */
    public Topodata.Keyspace get(String keyspace) {
        return Records.get(global, RecordPaths.keyspace(keyspace), Topodata.Keyspace.parser());
    }

    /** As {@link #create(String, Topodata.Keyspace, boolean)}: an ordinary keyspace with an empty VSchema. */
    public Topodata.Keyspace create(String keyspace, String durabilityPolicy) {
        Topodata.Keyspace record = Topodata.Keyspace.newBuilder()
                .setDurabilityPolicy(durabilityPolicy)
                .setSidecarDbName(SIDECAR_DB_NAME)
                .build();
        return create(keyspace, record, false);
    }

    /**
     * Creates a keyspace without shards. One that is a snapshot of another takes over its VSchema, to be found only by its name.
     *
     * @param withoutVSchema whether it may begin without a VSchema record
     * @throws TopoException NODE_EXISTS when it is there, NO_NODE when it is a snapshot of a keyspace that is not
     */
    public Topodata.Keyspace create(String keyspace, Topodata.Keyspace record, boolean withoutVSchema) {
        Names.check(keyspace);
        checkDurabilityPolicy(record.getDurabilityPolicy());
        global.create(RecordPaths.keyspace(keyspace), record.toByteString());
        if (!withoutVSchema) {
            vschemas.ensure(keyspace);
        }
        if (record.getKeyspaceType() == Topodata.KeyspaceType.SNAPSHOT) {
            Vschema.Keyspace vschema = vschemas.get(record.getBaseKeyspace());
            vschemas.put(
                    keyspace,
                    vschema.toBuilder().setRequireExplicitRouting(true).build());
        }
        vschemas.rebuild(List.of());
        return record;
    }

    /**
     * Says which tablets must acknowledge the keyspace's writes.
     *
     * @param policy {@code none}, {@code semi_sync}, {@code cross_cell} …
     */
    public Topodata.Keyspace setDurabilityPolicy(String keyspace, String policy) {
        checkDurabilityPolicy(policy);
        return Records.update(
                global, RecordPaths.keyspace(keyspace), Topodata.Keyspace.parser(), record -> record.toBuilder()
                        .setDurabilityPolicy(policy)
                        .build());
    }

    private static void checkDurabilityPolicy(String policy) {
        if (!policy.isEmpty() && !DURABILITY_POLICIES.contains(policy)) {
            throw TopoException.of(
                    Kind.OTHER,
                    "durability policy <" + policy + "> is not a valid policy. Please register it as a policy first");
        }
    }

    /**
     * Removes a keyspace, its VSchema and its serving graph.
     *
     * @param recursive also its shards and their tablets' records
     * @throws TopoException NODE_NOT_EMPTY when it has shards
     */
    public void delete(String keyspace, boolean recursive) {
        List<String> names = shards.names(keyspace);
        if (!names.isEmpty() && !recursive) {
            throw TopoException.of(
                    Kind.NODE_NOT_EMPTY,
                    "keyspace " + keyspace + " still has " + names.size()
                            + " shards; use --recursive or remove them first");
        }
        names.forEach(shard -> shards.delete(keyspace, shard, true, true));
        for (String cell : cells.names()) {
            Records.ignoring(Kind.NO_NODE, () -> cells.connection(cell).delete(RecordPaths.srvKeyspace(keyspace)));
        }
        Records.ignoring(Kind.NO_NODE, () -> global.delete(RecordPaths.vschema(keyspace)));
        global.delete(RecordPaths.keyspace(keyspace));
        vschemas.rebuild(List.of());
    }
}
