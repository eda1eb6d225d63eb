package io.vtsphere.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vtsphere.topo.TabletType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayConfigTest {
    @Test
    void defaults() {
        assertThat(GatewayConfig.of("zone1"))
                .isEqualTo(new GatewayConfig(
                        "zone1",
                        Duration.ofMillis(2),
                        Duration.ofSeconds(4),
                        2,
                        RefusedReads.REPLICAS,
                        Duration.ofSeconds(30),
                        new BalancerConfig(BalancerMode.LOAD, List.of(), Set.of()),
                        Duration.ofSeconds(30),
                        Duration.ofHours(2),
                        2,
                        Set.of(),
                        16_777_216,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10),
                        null,
                        null,
                        new BufferConfig(
                                false,
                                false,
                                false,
                                Duration.ofSeconds(10),
                                1000,
                                Duration.ofSeconds(20),
                                Duration.ofMinutes(1),
                                1,
                                Set.of())));
    }

    @Test
    void everyKeyIsRead() {
        GatewayConfig config = GatewayConfig.of(
                "zone2",
                Map.ofEntries(
                        Map.entry("healthcheck-retry-delay", "5ms"),
                        Map.entry("healthcheck-timeout", "1m30s"),
                        Map.entry("retry-count", "0"),
                        Map.entry("retry-refused-reads", "all"),
                        Map.entry("gateway-initial-tablet-timeout", "1h"),
                        Map.entry("vtgate-balancer-mode", "prefer-cell"),
                        Map.entry("balancer-vtgate-cells", "zone1,zone2"),
                        Map.entry("balancer-keyspaces", "commerce"),
                        Map.entry("discovery-low-replication-lag", "10s"),
                        Map.entry("discovery-high-replication-lag-minimum-serving", "20s"),
                        Map.entry("min-number-serving-vttablets", "1"),
                        Map.entry("allowed-tablet-types", "primary, REPLICA"),
                        Map.entry("grpc-max-message-size", "8192"),
                        Map.entry("grpc-keepalive-time", "20s"),
                        Map.entry("grpc-keepalive-timeout", "3s"),
                        Map.entry("tablet-grpc-ca", "ca.pem"),
                        Map.entry("tablet-grpc-cert", "cert.pem"),
                        Map.entry("tablet-grpc-key", "key.pem"),
                        Map.entry("tablet-grpc-crl", "crl.pem"),
                        Map.entry("tablet-grpc-server-name", "tablets"),
                        Map.entry("grpc-auth-static-client-creds", "creds.json"),
                        Map.entry("enable-buffer", "true"),
                        Map.entry("enable-buffer-dry-run", "true"),
                        Map.entry("buffer-unplanned", "true"),
                        Map.entry("buffer-window", "2s"),
                        Map.entry("buffer-size", "7"),
                        Map.entry("buffer-max-failover-duration", "3s"),
                        Map.entry("buffer-min-time-between-failovers", "5s"),
                        Map.entry("buffer-drain-concurrency", "4"),
                        Map.entry("buffer-keyspace-shards", "commerce, customer/-80")));
        assertThat(config)
                .isEqualTo(new GatewayConfig(
                        "zone2",
                        Duration.ofMillis(5),
                        Duration.ofSeconds(90),
                        0,
                        RefusedReads.ALL,
                        Duration.ofHours(1),
                        new BalancerConfig(BalancerMode.PREFER_CELL, List.of("zone1", "zone2"), Set.of("commerce")),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(20),
                        1,
                        Set.of(TabletType.PRIMARY, TabletType.REPLICA),
                        8192,
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(3),
                        new Tls(
                                Path.of("ca.pem"),
                                Path.of("cert.pem"),
                                Path.of("key.pem"),
                                Path.of("crl.pem"),
                                "tablets"),
                        Path.of("creds.json"),
                        new BufferConfig(
                                true,
                                true,
                                true,
                                Duration.ofSeconds(2),
                                7,
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(5),
                                4,
                                Set.of("commerce", "customer/-80"))));
    }

    @ParameterizedTest
    @CsvSource({
        "healthcheck-retry-delay, 0s",
        "healthcheck-retry-delay, 5s",
        "healthcheck-timeout, 99ms",
        "healthcheck-timeout, soon",
        "healthcheck-timeout, 10",
        "retry-count, -1",
        "retry-count, 101",
        "retry-count, two",
        "gateway-initial-tablet-timeout, 0s",
        "vtgate-balancer-mode, best",
        "vtgate-balancer-mode, prefer-cell",
        "balancer-vtgate-cells, zone1",
        "tablet-grpc-crl, crl.pem",
        "enable-buffer-dry-run, true",
        "discovery-low-replication-lag, 3h",
        "discovery-high-replication-lag-minimum-serving, 1s",
        "min-number-serving-vttablets, -1",
        "allowed-tablet-types, 'primary,backup'",
        "allowed-tablet-types, nonsense",
        "grpc-max-message-size, 10",
        "grpc-keepalive-time, 1s",
        "grpc-keepalive-timeout, 0s",
        "tablet-grpc-cert, cert.pem",
        "tablet-grpc-key, key.pem",
        "no-such-key, 1",
        "enable-buffer, yes",
        "buffer-unplanned, true",
        "buffer-window, 999ms",
        "buffer-window, 21s",
        "buffer-size, 0",
        "buffer-max-failover-duration, 5s",
        "buffer-min-time-between-failovers, 0s",
        "buffer-drain-concurrency, 0",
        "buffer-keyspace-shards, commerce",
    })
    void wrongValue_isRefusedWithItsKey(String key, String value) {
        assertThatThrownBy(() -> GatewayConfig.of("zone1", Map.of(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key);
    }

    @Test
    void preferCell_withoutTheOwnCell_isRefused() {
        assertThatThrownBy(() -> GatewayConfig.of(
                        "zone1", Map.of("vtgate-balancer-mode", "prefer-cell", "balancer-vtgate-cells", "zone2,zone3")))
                .hasMessageContaining("balancer-vtgate-cells")
                .hasMessageContaining("zone1");
    }

    @Test
    void enableBalancer_isPreferCell_andRefusedBesideItsNewName() {
        assertThat(GatewayConfig.of("zone1", Map.of("enable-balancer", "true", "balancer-vtgate-cells", "zone1"))
                        .balancer()
                        .mode())
                .isEqualTo(BalancerMode.PREFER_CELL);
        assertThatThrownBy(() -> GatewayConfig.of(
                        "zone1",
                        Map.of(
                                "enable-balancer", "true",
                                "vtgate-balancer-mode", "prefer-cell",
                                "balancer-vtgate-cells", "zone1")))
                .hasMessageContaining("enable-balancer");
    }

    @Test
    void cell_mustNotBeEmpty() {
        assertThatThrownBy(() -> GatewayConfig.of(" ")).hasMessageContaining("cell");
    }
}
