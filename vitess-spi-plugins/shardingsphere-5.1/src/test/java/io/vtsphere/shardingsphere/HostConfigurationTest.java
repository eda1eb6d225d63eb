package io.vtsphere.shardingsphere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vtsphere.frontend.server.GateServerConfig;
import io.vtsphere.topo.TabletType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostConfigurationTest {
    private static final String MINIMAL = """
            rules:
              - !VITESS
                topo-global-server-address: 127.0.0.1:2379
                topo-global-root: /vitess/global
                cell: zone1
                cells-to-watch: [zone1, zone2]
                users: {root: {password: ''}}
            """;

    @TempDir
    Path directory;

    private GateServerConfig read(String yaml) throws IOException {
        Files.writeString(directory.resolve("server.yaml"), yaml);
        return HostConfiguration.prepare(HostConfiguration.load(directory).getServerConfiguration())
                .gate();
    }

    private void refuses(String yaml, String... words) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(words));
    }

    @Test
    void sampleOfTheProject_isTaken() throws Exception {
        GateServerConfig config = HostConfiguration.prepare(
                        HostConfiguration.load(Path.of("../../conf")).getServerConfiguration())
                .gate();
        assertThat(config.topoAddress()).isEqualTo("127.0.0.1:2379");
        assertThat(config.tabletTypesToWait()).containsExactly(TabletType.PRIMARY);
        assertThat(config.frontend().users()).containsOnlyKeys("root", "app");
        assertThat(config.gateway().retryCount()).isEqualTo(2);
        assertThat(config.opsPort()).isEqualTo(15001);
    }

    @Test
    void fewKeys_leaveTheRestAtItsDefault() throws Exception {
        GateServerConfig config = read(MINIMAL);
        assertThat(config.topology().cellsToWatch()).containsExactly("zone1", "zone2");
        assertThat(config.frontend().serverVersion()).isEqualTo("8.4.6-Vitess");
        assertThat(config.gate().mysqlServerVersion()).isEqualTo("8.4.6-Vitess");
        assertThat(config.ontermTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.tabletTypesToWait()).isEmpty();
    }

    @Test
    void keysOfEveryPart_reachIt() throws Exception {
        GateServerConfig config = read(MINIMAL + """
                    query-timeout: 900
                    retry-count: 5
                    healthcheck-timeout: 2s
                    srv-topo-timeout: 700ms
                    wait-timeout: 8h
                    mysql-server-version: 9.0-test
                    tablet-types-to-wait: primary,REPLICA
                """);
        assertThat(config.gate().queryTimeout()).isEqualTo(Duration.ofMillis(900));
        assertThat(config.gateway().retryCount()).isEqualTo(5);
        assertThat(config.gateway().healthcheckTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.etcd().watchTimeout()).isEqualTo(Duration.ofMillis(700));
        assertThat(config.frontend().waitTimeout()).isEqualTo(Duration.ofHours(8));
        assertThat(config.frontend().serverVersion()).isEqualTo("9.0-test");
        assertThat(config.gate().mysqlServerVersion()).isEqualTo("9.0-test");
        assertThat(config.tabletTypesToWait()).containsExactlyInAnyOrder(TabletType.PRIMARY, TabletType.REPLICA);
    }

    @Test
    void mistakes_areRefusedByTheirKey() {
        refuses(MINIMAL + "    healthcheck-timout: 5s\n", "healthcheck-timout");
        refuses(MINIMAL + "    retry-count: many\n", "retry-count", "many");
        refuses(MINIMAL + "    wait-timeout: 5 minutes\n", "wait-timeout", "5 minutes");
        refuses(MINIMAL + "    tablet-types-to-wait: PRIMARY,NONE\n", "tablet-types-to-wait", "NONE");
        refuses(MINIMAL + "    topo-implementation: zk2\n", "topo-implementation", "zk2");
        refuses(MINIMAL.replace("    cell: zone1\n", ""), "cell");
        refuses(MINIMAL.replace("password", "pasword"), "users", "root", "pasword");
        refuses(MINIMAL + "    port: 70000\n", "port", "70000");
        refuses(MINIMAL + "    transaction-mode: TWO\n", "transaction-mode", "TWO");
    }

    @Test
    void usersOfTheHost_areTakenWhenOursNamesNone() throws Exception {
        String authority = """
                  - !AUTHORITY
                    users: ["app@%:p:w", "root@:"]
                    provider: {type: ALL_PRIVILEGES_PERMITTED}
                """;
        GateServerConfig config = read(MINIMAL.replace("    users: {root: {password: ''}}\n", "") + authority);
        assertThat(config.frontend().users()).containsOnlyKeys("app", "root");
        assertThat(config.frontend().users().get("app").get(0).password()).isEqualTo("p:w");
        refuses(MINIMAL + authority, "users", "!AUTHORITY");
        refuses(
                MINIMAL.replace("    users: {root: {password: ''}}\n", "") + authority.replace("@%", "@10.0.0.1"),
                "10.0.0.1");
    }

    @Test
    void dataSources_haveNoPlace() throws Exception {
        Files.writeString(directory.resolve("config-sharding.yaml"), "schemaName: s\n");
        refuses(MINIMAL, "config-sharding.yaml");
    }

    @Test
    void contradictions_areRefusedByTheirKeys() {
        refuses(MINIMAL + "    topo-start-policy: snapshot\n", "topo-start-policy", "topo-snapshot-file");
        refuses(
                MINIMAL + "    mysql-server-require-secure-transport: true\n",
                "mysql-server-require-secure-transport",
                "mysql-server-ssl-cert");
        refuses(MINIMAL + "    mysql-server-ssl-cert: x.pem\n", "mysql-server-ssl-cert", "mysql-server-ssl-key");
        refuses(
                MINIMAL.replace(
                        "{password: ''}",
                        "{password: a, mysqlNativePassword: '*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19'}"),
                "users",
                "only one of");
        refuses(MINIMAL + "props: {proxy-frontend-database-protocol-type: MySQL}\n", "VitessMySQL");
        refuses(MINIMAL + "props: {proxy-frontend-max-connections: 10}\n", "max-connections");
        refuses("rules: []\n", "!VITESS");
    }
}
