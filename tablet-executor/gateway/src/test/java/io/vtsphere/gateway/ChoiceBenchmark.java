package io.vtsphere.gateway;

import io.vtsphere.topo.Tablet;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What choosing a tablet costs. Run {@code org.openjdk.jmh.Main} with the test class path and {@code -prof gc}; it must not allocate. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ChoiceBenchmark {
    private static final Set<TabletAlias> NONE_TRIED = Set.of();

    @Param({"3", "1000"})
    int tablets;

    private final Ticker ticker = Ticker.system();
    private final RandomIndex random = RandomIndex.threadLocal();
    private HealthyTablets byLoad = HealthyTablets.NONE;
    private HealthyTablets byCell = HealthyTablets.NONE;

    @Setup
    public void makePeers() {
        ChannelFactory channels = new ChannelFactory(GatewayConfig.of("zone1"));
        List<TabletPeer> peers = new ArrayList<>();
        for (int i = 0; i < tablets; i++) {
            Tablet tablet = new Tablet(
                    new TabletAlias("zone1", i),
                    "127.0.0.1",
                    Map.of("grpc", 15_000),
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
            TabletPeer peer = new TabletPeer(tablet, channels);
            peer.load().began();
            peer.load().answered(ticker.nanos(), 1_000_000 + i);
            peers.add(peer);
        }
        byLoad = new HealthyTablets(peers, tablets, Choice.LOAD);
        byCell = new HealthyTablets(peers, tablets, Choice.RANDOM);
    }

    @Benchmark
    public Object load() {
        return byLoad.pick(NONE_TRIED, "", random, ticker);
    }

    @Benchmark
    public Object cell() {
        return byCell.pick(NONE_TRIED, "", random, ticker);
    }
}
