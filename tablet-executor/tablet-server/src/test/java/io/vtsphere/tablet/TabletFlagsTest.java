package io.vtsphere.tablet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vtsphere.tablet.mysql.GoDuration;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParameterException;

class TabletFlagsTest {
    private static final String[] NEEDED = {
        "--tablet-path=zone1-100", "--init-keyspace=customer", "--init-shard=-80", "--topo-global-server-address=h:1"
    };

    @Test
    void parse_neededFlagsOnly_hasVttabletsDefaults() {
        TabletConfig config = TabletFlags.parse(NEEDED).config(15_100);

        assertThat(config.alias()).isEqualTo(new TabletAlias("zone1", 100));
        assertThat(config.shard()).isEqualTo("-80");
        assertThat(config.type()).isEqualTo(TabletType.REPLICA);
        assertThat(config.mysql().database()).isEqualTo("vt_customer");
        assertThat(config.mysql().port()).isEqualTo(3306);
        assertThat(config.httpPort()).isEqualTo(15_100);
        assertThat(config.health().streamInterval()).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.health().checkInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.health().unhealthyLag()).isEqualTo(Duration.ofHours(2));
        assertThat(config.health().manageReadOnly()).isTrue();
        assertThat(config.limits().maxResultRows()).isEqualTo(10_000);
        assertThat(config.limits().streamBufferBytes()).isEqualTo(32_768);
        assertThat(config.limits().queryTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.transactions().timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.pools().reads()).isEqualTo(16);
        assertThat(config.pools().streams()).isEqualTo(200);
        assertThat(config.pools().transactions()).isEqualTo(20);
        assertThat(config.pools().transactionWait()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.pools().idleTimeout()).isEqualTo(Duration.ofMinutes(30));
        assertThat(config.maxMessageBytes()).isEqualTo(16_777_216);
        assertThat(config.shutdownGrace()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void parse_givenFlags_areTaken() {
        TabletConfig config = parse(
                        "--init_tablet_type",
                        "primary",
                        "--db_port=3310",
                        "--db-user=vt",
                        "--db-password=s=e_c",
                        "--db-name=other",
                        "--health-check-interval=200ms",
                        "--queryserver-config-pool-size=3",
                        "--queryserver-config-query-timeout=1m30s",
                        "--use-super-read-only=false",
                        "--event-loops=5")
                .config(0);

        assertThat(config.type()).isEqualTo(TabletType.PRIMARY);
        assertThat(config.mysql().port()).isEqualTo(3310);
        assertThat(config.mysql().password()).isEqualTo("s=e_c");
        assertThat(config.mysql().toString()).doesNotContain("s=e_c");
        assertThat(config.mysql().database()).isEqualTo("other");
        assertThat(config.health().streamInterval()).isEqualTo(Duration.ofMillis(200));
        assertThat(config.health().checkInterval()).isEqualTo(Duration.ofMillis(200));
        assertThat(config.health().manageReadOnly()).isFalse();
        assertThat(config.pools().reads()).isEqualTo(3);
        assertThat(config.limits().queryTimeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(config.eventLoops()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--no-such-flag=1",
                "--init-tablet-type=backup",
                "--health-check-interval=20",
                "--grpc-port=x",
                "--topo-implementation=zk2",
                "--queryserver-config-pool-size=0",
                "--tablet-path=100"
            })
    void parse_wrongFlag_isNamed(String flag) {
        String name = flag.substring(0, flag.indexOf('='));
        assertThatThrownBy(() -> parse(flag))
                .isInstanceOf(ParameterException.class)
                .satisfies(e -> assertThat(
                                e.getMessage().contains(name) || e.getMessage().contains("pools"))
                        .as(e.getMessage())
                        .isTrue());
    }

    @Test
    void parse_missingFlag_isNamed() {
        assertThatThrownBy(() -> TabletFlags.parse("--tablet-path=zone1-1"))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("--init-keyspace");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "999, 999ns",
        "1500, 1.5µs",
        "200903915, 200.903915ms",
        "30000000000, 30s",
        "90000000000, 1m30s"
    })
    void format_nanoseconds_printsAsGo(long nanos, String text) {
        assertThat(GoDuration.format(nanos)).isEqualTo(text);
    }

    private static TabletFlags parse(String... more) {
        String[] all = java.util.Arrays.copyOf(NEEDED, NEEDED.length + more.length);
        System.arraycopy(more, 0, all, NEEDED.length, more.length);
        return TabletFlags.parse(all);
    }
}
