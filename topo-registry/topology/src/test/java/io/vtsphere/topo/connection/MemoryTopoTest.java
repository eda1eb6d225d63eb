package io.vtsphere.topo.connection;

class MemoryTopoTest extends TopoConnectionContract {
    private final MemoryTopo topo = new MemoryTopo();

    @Override
    TopoConnection connect() {
        return topo.connect("", "/vitess/test");
    }

    @Override
    TopoConnection connectAgain() {
        return topo.connect("elsewhere", "/vitess/test/");
    }
}
