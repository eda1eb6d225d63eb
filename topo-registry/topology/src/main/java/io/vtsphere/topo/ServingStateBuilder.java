package io.vtsphere.topo;

import io.vitess.proto.Topodata;
import io.vitess.proto.Vschema;
import io.vtsphere.vindex.VindexRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns records into one snapshot after another; each shares with the one before what did not change.
 *
 * <p>Used by one thread: this is the only writer of {@link ServingState}.
 */
public final class ServingStateBuilder {
    private final VSchemaBuilder vschemas;
    private final Map<String, Topodata.SrvKeyspace> srvKeyspaces = new TreeMap<>();
    private final TreeMap<TabletAlias, Tablet> tablets = new TreeMap<>();
    private final TreeMap<String, List<String>> cellsAliases = new TreeMap<>();
    private final Map<String, TrackedSchema> tracked = new TreeMap<>();
    private ServingState current = ServingState.empty();
    private Vschema.@Nullable SrvVSchema vschemaRecord;
    private VSchema vschema = VSchema.empty();
    private Map<String, KeyspaceState> keyspaces = Map.of();
    private boolean plansChanged = true;
    private boolean tabletsChanged = true;
    private boolean cellsChanged = true;

    public ServingStateBuilder(VindexRegistry registry) {
        this.vschemas = new VSchemaBuilder(registry);
    }

    public void vschema(Vschema.SrvVSchema record) {
        if (!record.equals(vschemaRecord)) {
            vschemaRecord = record;
            tracked.keySet().retainAll(record.getKeyspacesMap().keySet());
            vschema = vschemas.build(record, tracked);
            plansChanged = true;
        }
    }

    /** What a keyspace's MySQLs say now about its tables; one that the VSchema does not know is passed over. */
    public void tracked(String keyspace, TrackedSchema schema) {
        if (vschemaRecord == null || !vschemaRecord.containsKeyspaces(keyspace)) {
            return;
        }
        if (!schema.equals(tracked.put(keyspace, schema))) {
            vschema = vschemas.build(vschemaRecord, tracked);
            plansChanged = true;
        }
    }

    public void srvKeyspace(String keyspace, Topodata.SrvKeyspace record) {
        if (!record.equals(srvKeyspaces.get(keyspace))) {
            srvKeyspaces.put(keyspace, record);
            plansChanged = true;
        }
    }

    public void removeSrvKeyspace(String keyspace) {
        plansChanged |= srvKeyspaces.remove(keyspace) != null;
    }

    public void tablet(Topodata.Tablet record) {
        Tablet tablet = Tablet.of(record);
        tabletsChanged |= !tablet.equals(tablets.put(tablet.alias(), tablet));
    }

    public void removeTablet(TabletAlias alias) {
        tabletsChanged |= tablets.remove(alias) != null;
    }

    public void cellsAlias(String alias, Topodata.CellsAlias record) {
        cellsChanged |= !record.getCellsList().equals(cellsAliases.put(alias, List.copyOf(record.getCellsList())));
    }

    public void removeCellsAlias(String alias) {
        cellsChanged |= cellsAliases.remove(alias) != null;
    }

    /** The snapshot of all that was told so far; the one before when nothing changed since. */
    public ServingState build() {
        if (!plansChanged && !tabletsChanged && !cellsChanged) {
            return current;
        }
        if (plansChanged) {
            keyspaces = keyspaceStates();
        }
        current = new ServingState(
                plansChanged ? current.epoch() + 1 : current.epoch(),
                current.version() + 1,
                vschema,
                keyspaces,
                plansChanged ? List.copyOf(srvKeyspaces.keySet()) : current.servedKeyspaces(),
                tabletsChanged ? Collections.unmodifiableMap(new TreeMap<>(tablets)) : current.tablets(),
                cellsChanged ? aliasesByCell() : current.cellAliasMap());
        plansChanged = false;
        tabletsChanged = false;
        cellsChanged = false;
        return current;
    }

    private Map<String, KeyspaceState> keyspaceStates() {
        Map<String, KeyspaceState> next = new TreeMap<>();
        vschema.keyspaces().forEach((name, keyspace) -> {
            Topodata.SrvKeyspace record = srvKeyspaces.get(name);
            KeyspaceState before = keyspaces.get(name);
            boolean same = before != null && before.vschema() == keyspace && before.record() == record;
            next.put(name, same ? before : new KeyspaceState(keyspace, record));
        });
        return Collections.unmodifiableMap(next);
    }

    private Map<String, String> aliasesByCell() {
        Map<String, String> byCell = new HashMap<>();
        for (Map.Entry<String, List<String>> alias : cellsAliases.entrySet()) {
            for (String cell : new ArrayList<>(alias.getValue())) {
                byCell.putIfAbsent(cell, alias.getKey());
            }
        }
        return byCell;
    }
}
