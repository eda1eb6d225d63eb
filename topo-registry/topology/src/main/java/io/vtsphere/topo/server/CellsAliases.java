package io.vtsphere.topo.server;

import io.vitess.proto.Topodata;
import io.vtsphere.topo.connection.TopoConnection;
import io.vtsphere.topo.connection.TopoException;
import io.vtsphere.topo.connection.TopoException.Kind;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Groups of cells that serve each other's reads. A cell is in at most one. Source: Vitess' {@code go/vt/topo/cells_aliases.go}. */
final class CellsAliases {
    private final TopoConnection global;

    CellsAliases(TopoConnection global) {
        this.global = global;
    }

    Map<String, Topodata.CellsAlias> all() {
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

    void create(String alias, Collection<String> members) {
        Names.check(alias);
        checkOverlap(alias, members);
        global.create(RecordPaths.cellsAlias(alias), record(members).toByteString());
    }

    void update(String alias, Collection<String> members) {
        checkOverlap(alias, members);
        Topodata.CellsAlias changed = record(members);
        Records.update(global, RecordPaths.cellsAlias(alias), Topodata.CellsAlias.parser(), before -> changed);
    }

    void delete(String alias) {
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
