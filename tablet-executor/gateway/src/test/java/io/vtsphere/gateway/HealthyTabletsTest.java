package io.vtsphere.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.vtsphere.topo.Tablet;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HealthyTabletsTest {
    private final Random random = new Random(1);
    private final TabletPeer a = peer(1);
    private final TabletPeer b = peer(2);
    private final TabletPeer c = peer(3);
    private long now;

    private static TabletPeer peer(int uid) {
        Tablet tablet = new Tablet(
                new TabletAlias("zone1", uid),
                "127.0.0.1",
                Map.of("grpc", 15000 + uid),
                "commerce",
                "0",
                TabletType.REPLICA,
                "",
                Map.of(),
                "",
                0,
                null,
                null,
                null);
        return new TabletPeer(tablet, new ChannelFactory(GatewayConfig.of("zone1")));
    }

    /** How often each is chosen among 30,000 times. */
    private Map<Integer, Integer> counts(HealthyTablets tablets, Set<TabletAlias> tried) {
        Map<Integer, Integer> counts = new TreeMap<>();
        for (int i = 0; i < 30_000; i++) {
            TabletPeer peer = tablets.pick(tried, random::nextInt, () -> now);
            counts.merge(peer == null ? 0 : peer.alias().uid(), 1, Integer::sum);
        }
        return counts;
    }

    @Test
    void cell_choosesEvenlyAmongTheLocalOnes() {
        Map<Integer, Integer> counts = counts(new HealthyTablets(List.of(a, b, c), 2, BalancerMode.CELL), Set.of());
        assertThat(counts.keySet()).containsExactly(1, 2);
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(14_500, 15_500));
    }

    @Test
    void localOnesTried_anotherCellIsAsked() {
        HealthyTablets tablets = new HealthyTablets(List.of(a, b, c), 2, BalancerMode.CELL);
        assertThat(counts(tablets, Set.of(a.alias())).keySet()).containsExactly(2);
        assertThat(counts(tablets, Set.of(a.alias(), b.alias())).keySet()).containsExactly(3);
        assertThat(counts(tablets, Set.of(a.alias(), b.alias(), c.alias())).keySet())
                .containsExactly(0);
    }

    @Test
    void noLocalOne_othersAreChosen() {
        HealthyTablets tablets = new HealthyTablets(List.of(b, c), 0, BalancerMode.CELL);
        assertThat(counts(tablets, Set.of()).keySet()).containsExactly(2, 3);
    }

    @Test
    void load_slowTabletAmongThree_losesItsShare() {
        answer(a, 1_000_000);
        answer(b, 1_000_000);
        answer(c, 20_000_000);
        Map<Integer, Integer> counts = counts(new HealthyTablets(List.of(a, b, c), 3, BalancerMode.LOAD), Set.of());
        assertThat(counts.getOrDefault(3, 0)).isZero();
        assertThat(counts.get(1)).isBetween(9_000, 21_000);
    }

    @Test
    void load_callsInFlight_count() {
        for (TabletPeer peer : List.of(a, b, c)) {
            answer(peer, 1_000_000);
        }
        a.load().began();
        Map<Integer, Integer> counts = counts(new HealthyTablets(List.of(a, b, c), 3, BalancerMode.LOAD), Set.of());
        assertThat(counts.getOrDefault(1, 0)).isZero();
    }

    @Test
    void load_slowTablet_getsAnotherChanceWithTime_butNoMoreThanItsShare() {
        answer(a, 1_000_000);
        answer(b, 20_000_000);
        now += 60_000_000_000L;
        answer(a, 1_000_000);
        Map<Integer, Integer> counts = counts(new HealthyTablets(List.of(a, b), 2, BalancerMode.LOAD), Set.of());
        assertThat(counts.get(1)).isBetween(14_500, 15_500);
        assertThat(counts.get(2)).isBetween(14_500, 15_500);
    }

    @Test
    void choice_allocatesNothing() {
        HealthyTablets tablets = new HealthyTablets(List.of(a, b, c), 3, BalancerMode.LOAD);
        for (TabletPeer peer : List.of(a, b, c)) {
            answer(peer, 1_000_000);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        RandomIndex index = RandomIndex.threadLocal();
        Ticker ticker = Ticker.system();
        pickMany(tablets, index, ticker);
        long before = threads.getCurrentThreadAllocatedBytes();
        pickMany(tablets, index, ticker);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000L);
    }

    /** 100,000 choices: one byte each would show. */
    private static void pickMany(HealthyTablets tablets, RandomIndex index, Ticker ticker) {
        for (int i = 0; i < 100_000; i++) {
            if (tablets.pick(Set.of(), index, ticker) == null) {
                throw new AssertionError("nobody was chosen");
            }
        }
    }

    @Test
    void load_newTablet_isNotFlooded() {
        answer(a, 100_000);
        Map<Integer, Integer> counts = counts(new HealthyTablets(List.of(a, b), 2, BalancerMode.LOAD), Set.of());
        assertThat(counts.get(2)).isBetween(14_500, 15_500);
        b.load().began();
        assertThat(counts(new HealthyTablets(List.of(a, b), 2, BalancerMode.LOAD), Set.of())
                        .keySet())
                .containsExactly(1);
    }

    private void answer(TabletPeer peer, long nanos) {
        peer.load().began();
        peer.load().answered(now, nanos);
    }
}
