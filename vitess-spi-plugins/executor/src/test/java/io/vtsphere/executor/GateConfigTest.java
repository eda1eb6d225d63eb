package io.vtsphere.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vtsphere.topo.TabletType;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateConfigTest {
    @Test
    void defaults_areVtgates() {
        GateConfig config = GateConfig.defaults();

        assertThat(config.queryTimeout()).isEqualTo(Duration.ZERO);
        assertThat(config.transactionMode()).isEqualTo(TransactionMode.MULTI);
        assertThat(config.maxMemoryRows()).isEqualTo(300_000);
        assertThat(config.warnMemoryRows()).isEqualTo(30_000);
        assertThat(config.maxPayloadSize()).isZero();
        assertThat(config.noScatter()).isFalse();
        assertThat(config.defaultTabletType()).isEqualTo(TabletType.PRIMARY);
        assertThat(config.defaultWorkload()).isEqualTo(Workload.OLTP);
        assertThat(config.queryCacheMemory()).isEqualTo(33_554_432);
        assertThat(config.enableSystemSettings()).isTrue();
        assertThat(config.mysqlServerVersion()).isEqualTo("8.4.6-Vitess");
    }

    @Test
    void everyKey_isRead() {
        GateConfig config = GateConfig.of(Map.of(
                "query-timeout", "1500",
                "transaction-mode", "single",
                "max-memory-rows", "10",
                "no-scatter", "true",
                "default-tablet-type", "replica",
                "mysql-default-workload", "olap"));

        assertThat(config.queryTimeout()).isEqualTo(Duration.ofMillis(1500));
        assertThat(config.transactionMode()).isEqualTo(TransactionMode.SINGLE);
        assertThat(config.maxMemoryRows()).isEqualTo(10);
        assertThat(config.noScatter()).isTrue();
        assertThat(config.defaultTabletType()).isEqualTo(TabletType.REPLICA);
        assertThat(config.defaultWorkload()).isEqualTo(Workload.OLAP);
    }

    @ParameterizedTest
    @CsvSource({
        "nosuch, 1, unknown keys of the gate: [nosuch]",
        "query-timeout, soon, query-timeout must be a whole number: 'soon'",
        "max-memory-rows, 0, max-memory-rows must be positive: 0",
        "transaction-mode, TWOPC, transaction-mode must be SINGLE or MULTI: TWOPC",
        "transaction-mode, none, transaction-mode has no such value: 'none'",
        "no-scatter, maybe, no-scatter must be true or false: 'maybe'",
        "default-tablet-type, backup, default-tablet-type is no serving type: backup",
        "default-tablet-type, x, default-tablet-type is no tablet type: 'x'"
    })
    void faults_nameTheKey(String key, String value, String message) {
        assertThatThrownBy(() -> GateConfig.of(Map.of(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
