package io.vtsphere.topo.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.vitess.proto.Topodata;
import io.vtsphere.topo.connection.TopoConnection;
import io.vtsphere.topo.connection.TopoConnector;
import io.vtsphere.topo.connection.TopoException;
import io.vtsphere.topo.connection.TopoException.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The cells' records and the connections to their topologies. Thread-safe. */
public final class Cells {
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

    /** The names of all cells, sorted. */
    public List<String> names() {
        return Records.directories(global, RecordPaths.CELLS);
    }

    /** @throws TopoException NO_NODE when there is no such cell */
    public Topodata.CellInfo info(String cell) {
        return Records.get(global, RecordPaths.cellInfo(cell), Topodata.CellInfo.parser());
    }

    /** @throws TopoException NODE_EXISTS when there is one of that name */
    public void create(String cell, Topodata.CellInfo info) {
        Names.check(cell);
        global.create(RecordPaths.cellInfo(cell), info.toByteString());
    }

    /**
     * Changes a cell's record, or makes it from an empty one.
     *
     * @param change must have no effect of its own
     */
    public Topodata.CellInfo update(String cell, UnaryOperator<Topodata.CellInfo> change) {
        Names.check(cell);
        return Records.createOrUpdate(
                global,
                RecordPaths.cellInfo(cell),
                Topodata.CellInfo.parser(),
                Topodata.CellInfo.getDefaultInstance(),
                change);
    }

    /**
     * Removes a cell's record.
     *
     * @param force also while it serves keyspaces, or cannot be asked
     * @throws TopoException NODE_NOT_EMPTY when it serves some
     */
    public void delete(String cell, boolean force) {
        if (!force) {
            List<String> served = Records.directories(connection(cell), RecordPaths.KEYSPACES);
            if (!served.isEmpty()) {
                throw TopoException.of(Kind.NODE_NOT_EMPTY, "cell " + cell + " has serving keyspaces " + served);
            }
        }
        global.delete(RecordPaths.cellInfo(cell));
    }

    /**
     * The files of a cell's topology, at the address of its record as it is now.
     *
     * @throws TopoException NO_NODE when there is no such cell
     */
    public TopoConnection connection(String cell) {
        return connection(cell, info(cell));
    }

    /** The files of a cell's topology at that address, without asking the global one; a connection to another address is closed. */
    public TopoConnection connection(String cell, Topodata.CellInfo info) {
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
