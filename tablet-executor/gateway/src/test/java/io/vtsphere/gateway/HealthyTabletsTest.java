package io.vtsphere.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.vtsphere.topo.Tablet;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
            TabletPeer peer = tablets.pick(tried, "", random::nextInt, () -> now);
            counts.merge(peer == null ? 0 : peer.alias().uid(), 1, Integer::sum);
        }
        return counts;
    }

    @Test
    void cell_choosesEvenlyAmongTheLocalOnes() {
        Map<Integer, Integer> counts = counts(new HealthyTablets(List.of(a, b, c), 2, Choice.RANDOM), Set.of());
        assertThat(counts.keySet()).containsExactly(1, 2);
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(14_500, 15_500));
    }

    @Test
    void localOnesTried_anotherCellIsAsked() {
        HealthyTablets tablets = new HealthyTablets(List.of(a, b, c), 2, Choice.RANDOM);
        assertThat(counts(tablets, Set.of(a.alias())).keySet()).containsExactly(2);
        assertThat(counts(tablets, Set.of(a.alias(), b.alias())).keySet()).containsExactly(3);
        assertThat(counts(tablets, Set.of(a.alias(), b.alias(), c.alias())).keySet())
                .containsExactly(0);
    }

    @Test
    void session_alwaysGetsItsTablet_andTheSameNextOneWhenThatIsGone() {
        HealthyTablets tablets = new HealthyTablets(List.of(a, b, c), 2, Choice.SESSION);
        TreeMap<Integer, Integer> counts = new TreeMap<>();
        for (int session = 0; session < 1_000; session++) {
            String uuid = "session-" + session;
            TabletPeer first = tablets.pick(Set.of(), uuid, random::nextInt, () -> now);
            assertThat(tablets.pick(Set.of(), uuid, random::nextInt, () -> now)).isSameAs(first);
            TabletPeer next = tablets.pick(Set.of(first.alias()), uuid, random::nextInt, () -> now);
            assertThat(next).isSameAs(first == a ? b : a);
            counts.merge(first.alias().uid(), 1, Integer::sum);
        }
        assertThat(counts.keySet()).containsExactly(1, 2);
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(400, 600));
    }

    @Test
    void session_oneTabletMore_movesOnlyThoseThatTheNewOneTakes() {
        HealthyTablets before = new HealthyTablets(List.of(a, b), 2, Choice.SESSION);
        HealthyTablets after = new HealthyTablets(List.of(a, b, c), 3, Choice.SESSION);
        for (int session = 0; session < 1_000; session++) {
            String uuid = "session-" + session;
            TabletPeer now = after.pick(Set.of(), uuid, random::nextInt, () -> this.now);
            assertThat(now).isIn(before.pick(Set.of(), uuid, random::nextInt, () -> this.now), c);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // cells of gates, cells of tablets, what a gate of zone1 sends to each tablet, in thousandths
        "'zone1,zone2', 'zone1,zone2', '1000,0'",
        "'zone1,zone2', 'zone1,zone1,zone2', '500,500,0'",
        "'zone1,zone2', 'zone1,zone2,zone2', '667,167,167'",
        "'zone1,zone2', 'zone2,zone2', '500,500'",
        "'zone1,zone2,zone3,zone4', 'zone1,zone1,zone1,zone2', '333,333,333,0'",
        "'zone1', 'zone1,zone2', '500,500'"
    })
    void preferCell_loadsEveryTabletAlike_andLeavesTheCellAsLittleAsPossible(
            String gates, String tablets, String expected) {
        int[] limits = CellFlows.limits("zone1", List.of(gates.split(",", -1)), List.of(tablets.split(",", -1)));
        int total = limits[limits.length - 1];
        int before = 0;
        for (int i = 0; i < limits.length; i++) {
            long thousandths = Math.round((limits[i] - before) * 1000.0 / total);
            assertThat(thousandths).isEqualTo(Long.parseLong(expected.split(",", -1)[i]));
            before = limits[i];
        }
    }

    @Test
    void weighted_choosesBySharesAndNeverAZeroShare() {
        Map<Integer, Integer> counts =
                counts(new HealthyTablets(List.of(a, b, c), 3, Choice.weighted(new int[] {20, 20, 30})), Set.of());
        assertThat(counts.keySet()).containsExactly(1, 3);
        assertThat(counts.get(1)).isBetween(19_500, 20_500);
    }

    @Test
    void noLocalOne_othersAreChosen() {
        HealthyTablets tablets = new HealthyTablets(List.of(b, c), 0, Choice.RANDOM);
        assertThat(counts(tablets, Set.of()).keySet()).containsExactly(2, 3);
    }

    @Test
    void load_slowTabletAmongThree_losesItsShare() {
        answer(a, 1_000_000);
        answer(b, 1_000_000);
        answer(c, 20_000_000);
        Map<Integer, Integer> counts = counts(new HealthyTablets(List.of(a, b, c), 3, Choice.LOAD), Set.of());
        assertThat(counts.getOrDefault(3, 0)).isZero();
        assertThat(counts.get(1)).isBetween(9_000, 21_000);
    }

    @Test
    void load_callsInFlight_count() {
        for (TabletPeer peer : List.of(a, b, c)) {
            answer(peer, 1_000_000);
        }
        a.load().began();
        Map<Integer, Integer> counts = counts(new HealthyTablets(List.of(a, b, c), 3, Choice.LOAD), Set.of());
        assertThat(counts.getOrDefault(1, 0)).isZero();
    }

    @Test
    void load_slowTablet_getsAnotherChanceWithTime_butNoMoreThanItsShare() {
        answer(a, 1_000_000);
        answer(b, 20_000_000);
        now += 60_000_000_000L;
        answer(a, 1_000_000);
        Map<Integer, Integer> counts = counts(new HealthyTablets(List.of(a, b), 2, Choice.LOAD), Set.of());
        assertThat(counts.get(1)).isBetween(14_500, 15_500);
        assertThat(counts.get(2)).isBetween(14_500, 15_500);
    }

    @Test
    void choice_allocatesNothing() {
        HealthyTablets tablets = new HealthyTablets(List.of(a, b, c), 3, Choice.LOAD);
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
            if (tablets.pick(Set.of(), "", index, ticker) == null) {
                throw new AssertionError("nobody was chosen");
            }
        }
    }

    @Test
    void load_newTablet_isNotFlooded() {
        answer(a, 100_000);
        Map<Integer, Integer> counts = counts(new HealthyTablets(List.of(a, b), 2, Choice.LOAD), Set.of());
        assertThat(counts.get(2)).isBetween(14_500, 15_500);
        b.load().began();
        assertThat(counts(new HealthyTablets(List.of(a, b), 2, Choice.LOAD), Set.of())
                        .keySet())
                .containsExactly(1);
    }

    /** A call that is under way in {@link #p99}. */
    private record Under(TabletPeer peer, long began, long ends) {}

    /** The 99th percentile of calls in a simulated minute: 500 a second come at random, tablet c takes so many milliseconds, others one. */
    private double p99(int millisOfC) {
        HealthyTablets tablets = new HealthyTablets(List.of(a, b, c), 3, Choice.LOAD);
        PriorityQueue<Under> running = new PriorityQueue<>(Comparator.comparingLong(Under::ends));
        List<Long> latencies = new ArrayList<>();
        long end = now + 60_000_000_000L;
        long next = now;
        while (next < end) {
            for (Under first = running.peek(); first != null && first.ends() <= next; first = running.peek()) {
                running.remove();
                now = first.ends();
                first.peer().load().answered(now, now - first.began());
                latencies.add(now - first.began());
            }
            now = next;
            TabletPeer peer = tablets.pick(Set.of(), "", random::nextInt, () -> now);
            peer.load().began();
            long takes = (peer == c ? millisOfC : 1) * (800_000L + random.nextInt(400_000));
            running.add(new Under(peer, now, now + takes));
            next = now + (long) (-Math.log(1 - random.nextDouble()) * 2_000_000);
        }
        running.forEach(call -> call.peer().load().answered(call.ends(), call.ends() - call.began()));
        latencies.sort(null);
        return latencies.get(latencies.size() * 99 / 100) / 1e6;
    }

    @Test
    void load_slowTabletAmongThree_p99StaysWithinTwiceTheHealthyOne() {
        double healthy = p99(1);
        double withASlowOne = p99(20);
        assertThat(withASlowOne).as("healthy: %s ms", healthy).isLessThan(2 * healthy);
    }

    private void answer(TabletPeer peer, long nanos) {
        peer.load().began();
        peer.load().answered(now, nanos);
    }
}
