package io.vtsphere.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vtsphere.topo.TabletAlias;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WayChoiceTest {
    private final Bench bench = new Bench(Map.of(
            "discovery-low-replication-lag", "30s",
            "discovery-high-replication-lag-minimum-serving", "100s"));
    private final FakeTablet primary = bench.tablet("zone1-100", Bench.PRIMARY);
    private final FakeTablet one = bench.tablet("zone1-101", Bench.REPLICA);
    private final FakeTablet two = bench.tablet("zone1-102", Bench.REPLICA);
    private final List<Way> pinned = List.of(new Way(Bench.REPLICA, one.alias), new Way(Bench.REPLICA, two.alias));

    @BeforeEach
    void publish() {
        bench.publish(primary, one, two);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private Set<Integer> chosen(List<Way> ways) {
        Set<Integer> chosen = new TreeSet<>();
        for (int i = 0; i < 60; i++) {
            chosen.add(bench.gateway.choose(ways));
        }
        return chosen;
    }

    private void awaitChosen(List<Way> ways, Integer... expected) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(() -> assertThat(chosen(ways)).containsExactly(expected));
    }

    @Test
    void pinned_healthyOnesShare() {
        assertThat(chosen(pinned)).containsExactly(0, 1);
    }

    @Test
    void pinned_lostOrNotServing_areLeftOut() {
        one.kill();
        awaitChosen(pinned, 1);
        two.serving(false);
        awaitChosen(pinned, -1);
        two.serving(true);
        awaitChosen(pinned, 1);
    }

    @Test
    void pinned_ofAnotherTypeOrUnknown_isNotHealthy() {
        assertThat(chosen(List.of(
                        new Way(Bench.REPLICA, primary.alias), new Way(Bench.REPLICA, TabletAlias.parse("zone1-9")))))
                .containsExactly(-1);
        assertThat(chosen(List.of(new Way(Bench.REPLICA, primary.alias), new Way(Bench.PRIMARY, primary.alias))))
                .containsExactly(1);
    }

    @Test
    void pinned_late_onlyWhenNobodyElseIsThere() {
        one.lag(50);
        awaitChosen(pinned, 1);
        two.lag(60);
        awaitChosen(pinned, 0, 1);
        two.lag(200);
        awaitChosen(pinned, 0);
        one.lag(200);
        awaitChosen(pinned, -1);
    }

    @Test
    void unpinned_goesByTheRotation() {
        List<Way> ways = List.of(new Way(Bench.REPLICA, null), new Way(Bench.PRIMARY, null));
        assertThat(chosen(ways)).containsExactly(0, 1);
        one.serving(false);
        two.serving(false);
        awaitChosen(ways, 1);
    }

    @Test
    void load_theBusierOneGetsLess() throws Exception {
        one.deafen();
        var inFlight = bench.execute(bench.call(Bench.REPLICA, one.alias, 0, true));
        try {
            Awaitility.await().until(() -> bench.health(one).inFlight() == 1);
            assertThat(chosen(pinned)).containsExactly(1);
        } finally {
            one.thaw();
        }
        assertThat(inFlight.get().getInfo()).isEqualTo(one.alias.toString());
    }
}
