package io.vtsphere.topo.watch;

import io.vtsphere.topo.ServingState;
import io.vtsphere.topo.ServingStates;
import io.vtsphere.topo.ShardRef;
import io.vtsphere.topo.TableRef;
import io.vtsphere.topo.TabletType;
import io.vtsphere.vindex.KeyspaceId;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a statement pays for the topology, on a cluster of 100 keyspaces and 1,000 shards. Run {@code org.openjdk.jmh.Main} with the test class
 * path and {@code -prof gc}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Threads(2)
public class ServingStateBenchmark {
    private final KeyspaceId id = KeyspaceId.of(HexFormat.of().parseHex("c7a1"));
    private LargeTopology cluster;
    private ServingStates states;

    @Setup
    public void load() {
        cluster = LargeTopology.open();
        states = cluster.watcher();
    }

    @TearDown
    public void close() {
        cluster.close();
    }

    @Benchmark
    public ServingState snapshot() {
        return states.current();
    }

    /** From the snapshot to the shard of a keyspace id. */
    @Benchmark
    public ShardRef shard() {
        return states.current().keyspace("ks42").shards(TabletType.PRIMARY).shardFor(id);
    }

    /** What the planner asks; a plan in the cache does not. */
    @Benchmark
    public TableRef table() {
        return states.current().vschema().findTable("ks42", "table7", TabletType.PRIMARY);
    }
}
