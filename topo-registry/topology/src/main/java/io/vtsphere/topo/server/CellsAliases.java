package io.vtsphere.topo.server;

import io.vitess.proto.Topodata;
import io.vtsphere.topo.connection.TopoConnection;
import io.vtsphere.topo.connection.TopoException;
import io.vtsphere.topo.connection.TopoException.Kind;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Groups of cells that serve each other's reads. A cell is in at most one. Source: Vitess' {@code go/vt/topo/cells_aliases.go}. Thread-safe. */
public final class CellsAliases {
    private final TopoConnection global;

    CellsAliases(TopoConnection global) {
        this.global = global;
    }

    /** The groups by name. */
    public Map<String, Topodata.CellsAlias> all() {
        Map<String, Topodata.CellsAlias> aliases = new TreeMap<>();
        for (String alias : Records.directories(global, RecordPaths.CELLS_ALIASES)) {
            Topodata.CellsAlias record =
                    Records.find(global, RecordPaths.cellsAlias(alias), Topodata.CellsAlias.parser());
            if (record != null) {
                aliases.put(alias, record);
            }
        }
        return aliases;
    }

    /**
     * Makes cells a group.
     *
     * @throws TopoException OTHER when one of them is in another group, NODE_EXISTS when there is one of that name
     */
    public void create(String alias, Collection<String> members) {
        Names.check(alias);
        checkOverlap(alias, members);
        global.create(RecordPaths.cellsAlias(alias), record(members).toByteString());
    }

    /** Replaces the cells of a group, or makes it; otherwise as {@link #create}. */
    public Topodata.CellsAlias update(String alias, Collection<String> members) {
        Names.check(alias);
        checkOverlap(alias, members);
        Topodata.CellsAlias changed = record(members);
        return Records.createOrUpdate(
                global,
                RecordPaths.cellsAlias(alias),
                Topodata.CellsAlias.parser(),
                Topodata.CellsAlias.getDefaultInstance(),
                before -> changed);
    }

    /** @throws TopoException NO_NODE when there is none of that name */
    public void delete(String alias) {
        global.delete(RecordPaths.cellsAlias(alias));
    }

    private void checkOverlap(String alias, Collection<String> members) {
        all().forEach((other, record) -> {
            for (String cell : members) {
                if (!other.equals(alias) && record.getCellsList().contains(cell)) {
                    throw TopoException.of(
                            Kind.OTHER,
                            "cells alias " + alias + " cannot contain cell " + cell + ": it is in cells alias "
                                    + other);
                }
            }
        });
    }

    private static Topodata.CellsAlias record(Collection<String> members) {
        return Topodata.CellsAlias.newBuilder().addAllCells(members).build();
    }
}
