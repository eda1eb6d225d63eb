package io.vtsphere.topo.connection;

/** Makes connections to topology servers of one kind. Thread-safe. */
public interface TopoConnector extends AutoCloseable {
    /** The kind's name, as {@code --topo-implementation} spells it. */
    String implementation();

    /**
     * A connection to a server. Does not wait for the server: a wrong address shows at the first operation.
     *
     * @param serverAddress as in a CellInfo record
     * @param root of the keys, for example {@code /vitess/global}
     */
    TopoConnection connect(String serverAddress, String root);

    /** The same connections for one who closes what is given to it, while others use them too: closing it closes nothing. */
    default TopoConnector borrowed() {
        return new BorrowedConnector(this);
    }

    /** Closes what the connections share. */
    @Override
    void close();
}
