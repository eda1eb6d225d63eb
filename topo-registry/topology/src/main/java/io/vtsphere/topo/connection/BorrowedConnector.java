package io.vtsphere.topo.connection;

/** The connections of another, which stays open when this is closed. As thread-safe as the other. */
record BorrowedConnector(TopoConnector owner) implements TopoConnector {
    @Override
    public String implementation() {
        return owner.implementation();
    }

    @Override
    public TopoConnection connect(String serverAddress, String root) {
        return owner.connect(serverAddress, root);
    }

    @Override
    public void close() {}
}
