package io.vtsphere.topo.server;

import io.vitess.proto.Vschema;
import io.vtsphere.topo.KeyspaceVSchema;
import io.vtsphere.topo.VSchema;
import io.vtsphere.topo.connection.TopoConnection;
import io.vtsphere.topo.connection.TopoException;
import io.vtsphere.topo.connection.TopoException.Kind;
import io.vtsphere.topo.server.RoutingRuleRecords.RuleKind;
import io.vtsphere.vindex.VindexRegistry;
import io.vtsphere.vterrors.VtException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** VSchemas, and the record in every cell that gathers them and the rules. Source: Vitess' {@code go/vt/topo/vschema.go}. Thread-safe. */
public final class VSchemas {
    private final TopoConnection global;
    private final Cells cells;
    private final RoutingRuleRecords rules;

    VSchemas(TopoConnection global, Cells cells, RoutingRuleRecords rules) {
        this.global = global;
        this.cells = cells;
        this.rules = rules;
    }

    /** @throws TopoException NO_NODE when the keyspace has none */
    public Vschema.Keyspace get(String keyspace) {
        return Records.get(global, RecordPaths.vschema(keyspace), Vschema.Keyspace.parser());
    }

    private Records.@Nullable Versioned<Vschema.Keyspace> find(String keyspace) {
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
     * Checks a VSchema and saves it, unless someone else saved one meanwhile; the cells follow when they are rebuilt.
     *
     * @throws VtException with all faults of the VSchema, one a line, when it has any; then nothing is written
     * @throws TopoException BAD_VERSION when someone else was faster, NO_NODE when there is no such keyspace
     */
    public void save(String keyspace, Vschema.Keyspace vschema, VindexRegistry vindexes) {
        global.get(RecordPaths.keyspace(keyspace));
        check(keyspace, vschema, vindexes);
        Records.Versioned<Vschema.Keyspace> before = find(keyspace);
        String path = RecordPaths.vschema(keyspace);
        if (before == null) {
            global.create(path, vschema.toByteString());
        } else {
            global.update(path, vschema.toByteString(), before.version());
        }
    }

    /** As {@link #save}, and rebuilds every cell's SrvVSchema. */
    public void apply(String keyspace, Vschema.Keyspace vschema, VindexRegistry vindexes) {
        save(keyspace, vschema, vindexes);
        rebuild(List.of());
    }

    /**
     * Looks for faults that a VSchema has by itself; what it says about other keyspaces is not looked at, so that keyspaces which refer to
     * each other can be applied one by one.
     *
     * @throws VtException with all of them
     */
    public static void check(String keyspace, Vschema.Keyspace vschema, VindexRegistry vindexes) {
        KeyspaceVSchema built = VSchema.parse(keyspace, vschema, vindexes);
        if (!built.faults().isEmpty()) {
            throw refusal(keyspace, built.faults());
        }
    }

    /** All faults in one error, one a line, with the code of the first; there must be one. */
    public static VtException refusal(String keyspace, List<VtException> faults) {
        return VtException.of(
                faults.get(0).code(),
                faults.stream()
                        .map(fault -> "BuildKeyspace(" + keyspace + "): " + fault.getMessage())
                        .collect(Collectors.joining("\n")));
    }

    /**
     * What would be wrong with a VSchema among the others as they are now: sources of reference tables and sequences that are not there, and
     * the like.
     */
    public List<VtException> faultsAmongOthers(String keyspace, Vschema.Keyspace vschema, VindexRegistry vindexes) {
        Vschema.SrvVSchema all =
                gather().toBuilder().putKeyspaces(keyspace, vschema).build();
        return VSchema.of(all, vindexes).keyspace(keyspace).faults();
    }

    /** Makes sure that the keyspace has a VSchema, if only an empty one. */
    void ensure(String keyspace) {
        Records.ignoring(
                Kind.NODE_EXISTS,
                () -> global.create(
                        RecordPaths.vschema(keyspace),
                        Vschema.Keyspace.getDefaultInstance().toByteString()));
    }

    void put(String keyspace, Vschema.Keyspace vschema) {
        global.put(RecordPaths.vschema(keyspace), vschema.toByteString());
    }

    /** A cell's gathered VSchemas and rules; null when it has no record. */
    public Vschema.@Nullable SrvVSchema findSrvVSchema(String cell) {
        return Records.find(cells.connection(cell), RecordPaths.SRV_VSCHEMA, Vschema.SrvVSchema.parser());
    }

    /** @throws TopoException NO_NODE when the cell has no record */
    public void deleteSrvVSchema(String cell) {
        cells.connection(cell).delete(RecordPaths.SRV_VSCHEMA);
    }

    /** What the cells' records should say now. */
    private Vschema.SrvVSchema gather() {
        Vschema.SrvVSchema.Builder gathered = Vschema.SrvVSchema.newBuilder();
        for (String keyspace : Records.directories(global, RecordPaths.KEYSPACES)) {
            Records.Versioned<Vschema.Keyspace> found = find(keyspace);
            gathered.putKeyspaces(keyspace, found == null ? Vschema.Keyspace.getDefaultInstance() : found.message());
        }
        gathered.setRoutingRules(rules.get(RuleKind.TABLE))
                .setShardRoutingRules(rules.get(RuleKind.SHARD))
                .setMirrorRules(rules.get(RuleKind.MIRROR));
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
    public void rebuild(Collection<String> inCells) {
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
}
