package io.vtsphere.topo.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.vitess.proto.Topodata;
import io.vtsphere.topo.connection.TopoConnection;
import io.vtsphere.topo.connection.TopoConnector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The cells and the connections to their topologies. Thread-safe. */
final class Cells {
    private final TopoConnector connector;
    private final TopoConnection global;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Map<String, Open> open = new HashMap<>();

    private record Open(Topodata.CellInfo info, TopoConnection connection) {}

    Cells(TopoConnector connector, TopoConnection global) {
        this.connector = connector;
        this.global = global;
    }

    List<String> names() {
        return Records.directories(global, RecordPaths.CELLS);
    }

    Topodata.CellInfo info(String cell) {
        return Records.get(global, RecordPaths.cellInfo(cell), Topodata.CellInfo.parser());
    }

    TopoConnection connection(String cell) {
        return connection(cell, info(cell));
    }

    /** The connection for that address; one to another address of the same cell is closed. */
    TopoConnection connection(String cell, Topodata.CellInfo info) {
        synchronized (lock) {
            Open current = open.get(cell);
            if (current != null && current.info().equals(info)) {
                return current.connection();
            }
            TopoConnection connection = connector.connect(info.getServerAddress(), info.getRoot());
            open.put(cell, new Open(info, connection));
            if (current != null) {
                current.connection().close();
            }
            return connection;
        }
    }

    void close() {
        synchronized (lock) {
            open.values().forEach(cell -> cell.connection().close());
            open.clear();
        }
    }
}
