package io.vtsphere.frontend.schema;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoop;
import io.vitess.proto.Query;
import io.vitess.proto.Vtrpc;
import io.vtsphere.gateway.Call;
import io.vtsphere.gateway.StreamHandle;
import io.vtsphere.gateway.StreamReply;
import io.vtsphere.gateway.TabletGateway;
import io.vtsphere.topo.KeyspaceState;
import io.vtsphere.topo.ServingStates;
import io.vtsphere.topo.ShardRef;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.Target;
import io.vtsphere.topo.TrackedSchema;
import io.vtsphere.vterrors.VtException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks, every so often and after each DDL of this gate, the primary of each keyspace's first shard for the tables of its MySQL, one keyspace after another.
 *
 * <p>A keyspace that cannot be asked keeps what it last said. Everything happens on one event loop and nothing waits. Thread-safe.
 */
public final class SchemaTracker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaTracker.class);

    private final ServingStates states;
    private final TabletGateway gateway;
    private final EventLoop loop;
    private final Duration interval;
    private final BiConsumer<String, TrackedSchema> sink;
    private final Consumer<Runnable> settled;
    private final Counter failures;

    /** Keyspaces of this round that were not asked yet; confined to the loop. */
    private final Deque<String> left = new ArrayDeque<>();
    /** Keyspaces that could not be asked the last time; confined to the loop. */
    private final Set<String> failing = new HashSet<>();

    /** Who waits for a round that begins from now on, and for the one under way; confined to the loop. */
    private final List<Runnable> waiting = new ArrayList<>();

    private final List<Runnable> answering = new ArrayList<>();

    /** The next round, while none is under way; confined to the loop. */
    private @Nullable Future<?> scheduled;
    /** Whether a schema changed while a round was under way; confined to the loop. */
    private boolean again;

    private volatile boolean closed;

    private SchemaTracker(
            ServingStates states,
            TabletGateway gateway,
            EventLoop loop,
            Duration interval,
            BiConsumer<String, TrackedSchema> sink,
            Consumer<Runnable> settled,
            MeterRegistry registry) {
        this.settled = settled;
        this.states = states;
        this.gateway = gateway;
        this.loop = loop;
        this.interval = interval;
        this.sink = sink;
        this.failures = Counter.builder("schema.tracking.failures")
                .description("keyspaces that could not be asked for their tables")
                .register(registry);
    }

    /**
     * @param interval between two rounds, which is also the time that one answer may take
     * @param sink gets each keyspace's schema, on the loop; must not block
     * @param settled runs a task once what the sink got before has had its effect; must not block
     */
    public static SchemaTracker start(
            ServingStates states,
            TabletGateway gateway,
            EventLoop loop,
            Duration interval,
            BiConsumer<String, TrackedSchema> sink,
            Consumer<Runnable> settled,
            MeterRegistry registry) {
        SchemaTracker tracker = new SchemaTracker(states, gateway, loop, interval, sink, settled, registry);
        loop.execute(tracker::round);
        return tracker;
    }

    /** Asks now, because a schema has changed; {@code done} is run on any thread when every keyspace was asked that can be. */
    public void soon(Runnable done) {
        loop.execute(() -> {
            waiting.add(done);
            Future<?> next = scheduled;
            again = next == null;
            if (next != null && next.cancel(false)) {
                round();
            }
        });
    }

    private void round() {
        scheduled = null;
        answering.addAll(waiting);
        waiting.clear();
        left.addAll(states.current().servedKeyspaces());
        next();
    }

    private void roundIsOver() {
        List<Runnable> answered = List.copyOf(answering);
        answering.clear();
        if (!answered.isEmpty()) {
            settled.accept(() -> answered.forEach(Runnable::run));
        }
        if (!closed && !loop.isShuttingDown()) {
            long delay = again ? 0 : interval.toMillis();
            again = false;
            scheduled = loop.schedule(this::round, delay, TimeUnit.MILLISECONDS);
        }
    }

    private void next() {
        String keyspace = left.peek();
        if (keyspace == null || closed) {
            left.clear();
            roundIsOver();
            return;
        }
        TrackedSchemaReader reader = new TrackedSchemaReader();
        Consumer<@Nullable VtException> done = failure -> finish(keyspace, reader, failure);
        Target target = target(keyspace);
        if (target == null) {
            left.poll();
            loop.execute(this::next);
            return;
        }
        ask(target, TrackedSchemaReader.COLUMNS, reader::column, failure -> {
            if (failure != null) {
                done.accept(failure);
            } else {
                ask(target, TrackedSchemaReader.FOREIGN_KEYS, reader::foreignKey, done);
            }
        });
    }

    /** Null when nobody serves the keyspace. */
    private @Nullable Target target(String keyspace) {
        KeyspaceState state = states.current().keyspaces().get(keyspace);
        if (state == null) {
            return null;
        }
        for (TabletType type : state.servedTypes()) {
            List<ShardRef> shards = state.shards(type).shards();
            if (type == TabletType.PRIMARY && !shards.isEmpty()) {
                return new Target(keyspace, shards.get(0).name(), type);
            }
        }
        return null;
    }

    private void finish(String keyspace, TrackedSchemaReader reader, @Nullable VtException failure) {
        left.poll();
        if (failure == null) {
            failing.remove(keyspace);
            sink.accept(keyspace, reader.schema());
        } else {
            failures.increment();
            if (failing.add(keyspace)) {
                LOG.warn(
                        "keyspace {} cannot be asked for its tables; what it said before stays in use: {}",
                        keyspace,
                        failure.getMessage());
            }
        }
        next();
    }

    private void ask(Target target, String sql, Consumer<Query.Row> rows, Consumer<@Nullable VtException> done) {
        Call call = new Call(
                target,
                null,
                loop,
                interval.toNanos(),
                true,
                Vtrpc.CallerID.getDefaultInstance(),
                Query.VTGateCallerID.getDefaultInstance());
        Answer answer = new Answer(rows, done);
        answer.handle = gateway.streamExecute(
                call,
                Query.BoundQuery.newBuilder().setSql(sql).build(),
                Query.ExecuteOptions.newBuilder()
                        .setIncludedFields(Query.ExecuteOptions.IncludedFields.TYPE_ONLY)
                        .setWorkload(Query.ExecuteOptions.Workload.OLAP)
                        .build(),
                0,
                0,
                answer);
        answer.handle.request(1);
    }

    /** Takes one piece after another; confined to the loop. */
    private static final class Answer implements StreamReply {
        private final Consumer<Query.Row> rows;
        private final Consumer<@Nullable VtException> done;
        private @Nullable StreamHandle handle;

        Answer(Consumer<Query.Row> rows, Consumer<@Nullable VtException> done) {
            this.rows = rows;
            this.done = done;
        }

        @Override
        public void onResult(Query.QueryResult result) {
            result.getRowsList().forEach(rows);
            if (handle != null) {
                handle.request(1);
            }
        }

        @Override
        public void success() {
            done.accept(null);
        }

        @Override
        public void failure(VtException error) {
            done.accept(error);
        }
    }

    /** What is under way ends with its answer. */
    @Override
    public void close() {
        closed = true;
    }
}
