package io.vtsphere.faults;

import io.netty.channel.EventLoop;
import io.vitess.proto.Query;
import io.vtsphere.executor.GateSession;
import io.vtsphere.executor.ResultEnd;
import io.vtsphere.executor.ResultHandler;
import io.vtsphere.executor.SessionParams;
import io.vtsphere.faults.Operation.Kind;
import io.vtsphere.faults.Operation.Outcome;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vindex.KeyRange;
import io.vtsphere.vindex.KeyspaceId;
import io.vtsphere.vindex.SingleColumnVindex;
import io.vtsphere.vindex.VindexRegistry;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/**
 * Statements at a fixed rate, whether or not earlier ones have been answered, and a log of every one.
 *
 * <p>Every statement has a session to itself while it runs; sessions are used again. One thread schedules; answers come on event loops.
 */
final class Load implements AutoCloseable {
    static final int SEEDS = 64;
    static final int COUNTERS = 8;
    private static final int PER_SECOND = 100;
    private static final SingleColumnVindex HASH =
            (SingleColumnVindex) VindexRegistry.load().create("hash", "hash", Map.of());

    private final FaultCluster cluster;
    private final Random random;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Queue<Operation> log = new ConcurrentLinkedQueue<>();
    private final Queue<Client> primaries = new ConcurrentLinkedQueue<>();
    private final Queue<Client> replicas = new ConcurrentLinkedQueue<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong connections = new AtomicLong();
    private final List<Long> seedsOfA = new ArrayList<>();
    private final List<Long> seedsOfB = new ArrayList<>();
    private long scheduled;
    private long nextId;

    private record Client(GateSession session, EventLoop loop, boolean replica) {}

    /** @param firstId of the rows to insert; no other load may have used them */
    Load(FaultCluster cluster, long seed, long firstId) {
        this.cluster = cluster;
        this.random = new Random(seed);
        this.nextId = firstId;
        for (long id = 1; id <= SEEDS; id++) {
            (shard(id).equals(FaultCluster.A) ? seedsOfA : seedsOfB).add(id);
        }
    }

    /** Which of the first two shards a row belongs to. */
    static String shard(long id) {
        return isIn(FaultCluster.A, id) ? FaultCluster.A : FaultCluster.B;
    }

    static boolean isIn(String shard, long id) {
        return KeyRange.parse(shard).contains((KeyspaceId) HASH.map(SqlValue.int64(id)));
    }

    void start() {
        long period = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
        long first = System.nanoTime();
        var unused = clock.scheduleAtFixedRate(
                () -> {
                    while (first + scheduled * period <= System.nanoTime()) {
                        next(first + scheduled * period);
                        scheduled++;
                    }
                },
                0,
                5,
                TimeUnit.MILLISECONDS);
    }

    private void next(long intended) {
        int dice = random.nextInt(100);
        if (dice < 45) {
            long id = seedsOfA.get(random.nextInt(seedsOfA.size()));
            run(Kind.REPLICA_READ, id, id * 7, intended, "select v from seed where id = " + id);
        } else if (dice < 70) {
            long id = 1 + random.nextInt(SEEDS);
            run(Kind.PRIMARY_READ, id, id * 7, intended, "select v from seed where id = " + id);
        } else if (dice < 88) {
            long id = nextId++;
            run(Kind.INSERT, id, id, intended, "insert into t(id, v) values(" + id + ", " + id + ")");
        } else {
            long id = 1 + random.nextInt(COUNTERS);
            run(Kind.INCREMENT, id, 1, intended, "update counter set n = n + 1 where id = " + id);
        }
    }

    private void run(Kind kind, long key, long value, long intended, String sql) {
        Client client = client(kind == Kind.REPLICA_READ);
        open.incrementAndGet();
        client.loop.execute(() -> client.session.query(sql, new ResultHandler() {
            private String read = "";

            @Override
            public void fields(List<Query.Field> fields) {}

            @Override
            public void rows(List<Query.Row> rows) {
                read = rows.get(0).getValues().toStringUtf8();
            }

            @Override
            public boolean writable() {
                return true;
            }

            @Override
            public void onWritable(Runnable task) {
                task.run();
            }

            @Override
            public void end(ResultEnd end) {
                boolean right = !kind.reads() || read.equals(Long.toString(value));
                ended(right ? Outcome.OK : Outcome.FAILED, right ? "" : "WRONG VALUE '" + read + "'");
            }

            @Override
            public void fail(VtException error) {
                ended(Outcomes.of(error), error.code() + " " + error.getMessage());
            }

            private void ended(Outcome outcome, String error) {
                log.add(new Operation(kind, shard(key), key, value, intended, System.nanoTime(), outcome, error));
                (client.replica ? replicas : primaries).add(client);
                open.decrementAndGet();
            }
        }));
    }

    private Client client(boolean replica) {
        Client idle = (replica ? replicas : primaries).poll();
        if (idle != null) {
            return idle;
        }
        EventLoop loop = cluster.loops.next();
        GateSession session = cluster.gate.newSession(new SessionParams(
                connections.incrementAndGet(), loop, "load", "load", List.of(), "127.0.0.1:1", 255, false));
        Client made = new Client(session, loop, replica);
        String target = FaultCluster.KEYSPACE + (replica ? "@replica" : "");
        loop.execute(() -> session.initDb(target, new Ignoring()));
        return made;
    }

    /** Stops and waits for every answer; what has not come after two minutes is a statement that hangs. */
    void stop() {
        clock.shutdownNow();
        Awaitility.await().atMost(2, TimeUnit.MINUTES).until(() -> open.get() == 0);
    }

    List<Operation> operations() {
        return List.copyOf(log);
    }

    @Override
    public void close() {
        clock.shutdownNow();
        primaries.forEach(client -> client.loop.execute(client.session::close));
        replicas.forEach(client -> client.loop.execute(client.session::close));
    }

    /** USE always succeeds: the gate looks at the target only. */
    private static final class Ignoring implements ResultHandler {
        @Override
        public void fields(List<Query.Field> fields) {}

        @Override
        public void rows(List<Query.Row> rows) {}

        @Override
        public boolean writable() {
            return true;
        }

        @Override
        public void onWritable(Runnable task) {
            task.run();
        }

        @Override
        public void end(ResultEnd end) {}

        @Override
        public void fail(VtException error) {
            throw new AssertionError("USE failed", error);
        }
    }
}
