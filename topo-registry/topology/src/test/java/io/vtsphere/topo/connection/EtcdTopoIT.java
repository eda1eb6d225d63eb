package io.vtsphere.topo.connection;

import io.vtsphere.testkit.EtcdProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class EtcdTopoIT extends TopoConnectionContract {
    private static EtcdProcess etcd;
    private static EtcdTopo topo;

    private final String root = "/vitess/" + UUID.randomUUID();

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        etcd = EtcdProcess.start(directory);
        topo = new EtcdTopo(EtcdConfig.defaults());
    }

    @AfterAll
    static void stop() {
        topo.close();
        etcd.close();
    }

    @Override
    TopoConnection connect() {
        return topo.connect(etcd.endpoint(), root);
    }

    @Override
    TopoConnection connectAgain() {
        return topo.connect(etcd.endpoint(), root + "/");
    }
}
