package io.vtsphere.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

class EtcdProcessIT {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    @Test
    void start_thenKillAndRestart_listensOnTheSamePort() throws Exception {
        try (EtcdProcess etcd = EtcdProcess.start(directory)) {
            String address = etcd.address();
            int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
            assertThat(Ports.isFree(port)).isFalse();
            etcd.process().kill();
            assertThat(Ports.isFree(port)).isTrue();
            etcd.restart();
            assertThat(Ports.isFree(port)).isFalse();
            assertThat(etcd.address()).isEqualTo(address);
        }
    }
}
