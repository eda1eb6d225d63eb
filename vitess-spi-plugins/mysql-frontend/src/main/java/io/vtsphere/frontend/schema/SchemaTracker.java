package io.vtsphere.frontend.schema;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoop;
import io.vtsphere.gateway.TabletGateway;
import io.vtsphere.topo.KeyspaceState;
import io.vtsphere.topo.ServingStates;
import io.vtsphere.topo.ShardRef;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.Target;
import io.vtsphere.topo.TrackedSchema;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the primary of each keyspace's first shard for the tables of its MySQL: at start, when that tablet says that they have changed, after
 * each DDL of this gate, and every so often. One keyspace after another, those first of which it is known that something has changed.
 *
 * <p>A keyspace that cannot be asked keeps what it last said. Everything happens on one event loop; nothing waits but {@link #awaitFirst}.
 * Thread-safe.
 */
public final class SchemaTracker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaTracker.class);

    private final ServingStates states;
    private final SchemaSource source;
    private final EventLoop loop;
    private final Duration interval;
    private final BiConsumer<String, TrackedSchema> sink;
    private final Consumer<Runnable> settled;
    private final Counter failures;
    private final CountDownLatch first = new CountDownLatch(1);

    /** Keyspaces to ask, each once; confined to the loop. */
    private final Deque<String> due = new ArrayDeque<>();
    /** By keyspace, who waits until it was asked; confined to the loop. */
    private final Map<String, List<Runnable>> waiting = new HashMap<>();
    /** Keyspaces that could not be asked the last time; confined to the loop. */
    private final Set<String> failing = new HashSet<>();

    /** Whether an answer is awaited; confined to the loop. */
    private boolean asking;

    private volatile boolean closed;

    private SchemaTracker(
            ServingStates states,
            SchemaSource source,
            EventLoop loop,
            Duration interval,
            BiConsumer<String, TrackedSchema> sink,
            Consumer<Runnable> settled,
            MeterRegistry registry) {
        this.states = states;
        this.source = source;
        this.loop = loop;
        this.interval = interval;
        this.sink = sink;
        this.settled = settled;
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
        return start(states, new TabletSchemas(gateway, loop, interval), loop, interval, sink, settled, registry);
    }

    static SchemaTracker start(
            ServingStates states,
            SchemaSource source,
            EventLoop loop,
            Duration interval,
            BiConsumer<String, TrackedSchema> sink,
            Consumer<Runnable> settled,
            MeterRegistry registry) {
        SchemaTracker tracker = new SchemaTracker(states, source, loop, interval, sink, settled, registry);
        loop.execute(tracker::round);
        return tracker;
    }

    /**
     * Blocks until every keyspace was asked once.
     *
     * @return false when that did not come about in time
     */
    public boolean awaitFirst(Duration timeout) throws InterruptedException {
        return first.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** A tablet says that its schema has changed; counts when it is one that is asked. */
    public void changed(Target changed) {
        loop.execute(() -> {
            if (changed.equals(target(changed.keyspace()))) {
                askSoon(changed.keyspace());
            }
        });
    }

    /** Asks a keyspace now, because its schema has changed; {@code done} is run on any thread when it was asked, if it can be. */
    public void soon(String keyspace, Runnable done) {
        loop.execute(() -> {
            waiting.computeIfAbsent(keyspace, unused -> new ArrayList<>()).add(done);
            askSoon(keyspace);
        });
    }

    private void askSoon(String keyspace) {
        due.remove(keyspace);
        due.addFirst(keyspace);
        next();
    }

    private void round() {
        if (closed || loop.isShuttingDown()) {
            return;
        }
        for (String keyspace : states.current().servedKeyspaces()) {
            if (!due.contains(keyspace)) {
                due.add(keyspace);
            }
        }
        var unused = loop.schedule(this::round, interval.toMillis(), TimeUnit.MILLISECONDS);
        next();
    }

    private void next() {
        if (asking || closed) {
            return;
        }
        String keyspace = due.poll();
        if (keyspace == null) {
            if (first.getCount() > 0) {
                settled.accept(first::countDown);
            }
            return;
        }
        asking = true;
        List<Runnable> answered = waiting.remove(keyspace);
        Target target = target(keyspace);
        if (target == null) {
            finish(answered);
            return;
        }
        source.read(
                target,
                schema -> {
                    failing.remove(keyspace);
                    sink.accept(keyspace, schema);
                    finish(answered);
                },
                error -> {
                    failures.increment();
                    if (failing.add(keyspace)) {
                        LOG.warn(
                                "keyspace {} cannot be asked for its tables; what it said before stays in use: {}",
                                keyspace,
                                error.getMessage());
                    }
                    finish(answered);
                });
    }

    private void finish(@Nullable List<Runnable> answered) {
        if (answered != null) {
            settled.accept(() -> answered.forEach(Runnable::run));
        }
        // not here and now: a thousand keyspaces that fail at once must not need as deep a stack
        loop.execute(() -> {
            asking = false;
            next();
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

    /** What is under way ends with its answer. */
    @Override
    public void close() {
        closed = true;
    }
}
