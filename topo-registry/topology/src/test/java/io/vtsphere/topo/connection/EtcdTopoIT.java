package io.vtsphere.topo.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.etcd.jetcd.Client;
import io.vtsphere.testkit.EtcdProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
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

    /** As when the leader was silent for longer than its lease. */
    @Test
    void leadership_leaseEnds_checkSaysSo_nextLeads() throws Exception {
        TopoConnection connection = connect();
        TopoLock leadership = connection.awaitLeadership("e", "first", Duration.ofSeconds(5));
        String lease = connection.listDir("elections/e/locks").get(0).name();
        try (Client client = Client.builder().endpoints(etcd.endpoint()).build()) {
            client.getLeaseClient().revoke(Long.parseLong(lease)).get();
        }
        assertKind(TopoException.Kind.NO_NODE, leadership::check);
        try (TopoLock next = connectAgain().awaitLeadership("e", "second", Duration.ofSeconds(5))) {
            next.check();
            assertThat(connection.leader("e")).isEqualTo("second");
        }
    }
}
