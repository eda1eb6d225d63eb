package io.vtsphere.gateway;

import io.netty.channel.EventLoop;
import io.vtsphere.topo.ServingState;
import io.vtsphere.topo.Target;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Holds the calls for one shard's primary while another one takes over, first in, first out.
 *
 * <p>IDLE until a call failed in a way that means failover; BUFFERING until a new primary serves, the shard is gone, or it takes too long;
 * then DRAINING, in which held calls are tried a few at a time and new ones pass. Confined to the health loop; {@link #isHolding} and {@link
 * #meansFailover} are for anyone. Source: Vitess' {@code go/vt/vtgate/buffer}.
 */
final class ShardBuffer {
    private enum State {
        IDLE,
        BUFFERING,
        DRAINING
    }

    /** A lost primary breaks its health stream, or says that it does not serve, within this time. */
    private static final long DOUBT_SECONDS = 2;

    /** How many calls all shards may hold together. Confined to the health loop. */
    static final class Room {
        private int free;

        Room(int size) {
            free = size;
        }
    }

    private final Target target;
    private final BufferConfig config;
    /** Whether failovers are followed and calls counted, but none is held. */
    private final boolean dryRun;

    private final EventLoop loop;
    private final Ticker ticker;
    private final Room room;
    private final BufferMetrics metrics;
    private final ArrayDeque<HeldCall> held = new ArrayDeque<>();
    /** Whether the state is BUFFERING; written on the health loop. */
    private volatile boolean holding;

    private State state = State.IDLE;
    private int draining;
    private long startedAt;
    private long endedAt;
    private boolean everEnded;
    private int failovers;
    /** How many calls a dry run has let pass in this failover. */
    private int passed;
    /** How many calls were held at once, at most, in this failover. */
    private int most;

    /** The primary's term when the failover began. Only a greater one counts, unless the old primary was seen to step down. */
    private long termAtStart;

    private boolean steppedDown;
    private boolean tablesMoving;
    private long epochAtStart;
    private long knownTerm;
    private long reparentedAt;
    private boolean everReparented;
    private boolean primaryServes;
    /** Whether every shard that the serving graph names has a primary that serves. */
    private boolean keyspaceServes;

    private ServingState topology = ServingState.empty();

    ShardBuffer(
            Target target,
            BufferConfig config,
            boolean dryRun,
            EventLoop loop,
            Ticker ticker,
            Room room,
            BufferMetrics metrics) {
        this.target = target;
        this.config = config;
        this.dryRun = dryRun;
        this.loop = loop;
        this.ticker = ticker;
        this.room = room;
        this.metrics = metrics;
    }

    boolean isHolding() {
        return holding;
    }

    /** Whether a call that failed so may wait for a new primary. */
    boolean meansFailover(VtException error) {
        return switch (error.code()) {
            case CLUSTER_EVENT -> true;
            case FAILED_PRECONDITION -> error.getMessage().contains("disallowed due to rule");
            case UNAVAILABLE -> config.unplanned();
            default -> false;
        };
    }

    /**
     * Holds the call if a failover is under way, or begins with it; else lets it go on at once.
     *
     * @param cause how its last try failed; null before the first
     * @param leftNanos how long it has before its deadline; 0 for ever
     */
    void offer(HeldCall.Waiter waiter, @Nullable VtException cause, long leftNanos) {
        if (loop.isShuttingDown()) {
            metrics.skipped("Shutdown");
            waiter.released(null, false, false);
        } else if (state == State.BUFFERING || (state == State.IDLE && cause != null && mayStart(cause))) {
            if (dryRun) {
                metrics.wouldBuffer(++passed);
                waiter.released(null, false, false);
            } else {
                hold(waiter, leftNanos);
            }
        } else {
            waiter.released(null, false, false);
        }
    }

    private boolean mayStart(VtException cause) {
        long pause = config.minTimeBetweenFailovers().toNanos();
        long now = ticker.nanos();
        if (everEnded && now - endedAt < pause) {
            metrics.skipped("LastFailoverTooRecent");
            return false;
        }
        if (everReparented && now - reparentedAt < pause) {
            metrics.skipped("LastReparentTooRecent");
            return false;
        }
        state = State.BUFFERING;
        holding = true;
        startedAt = now;
        termAtStart = knownTerm;
        steppedDown = !primaryServes;
        tablesMoving = cause.code() == Code.FAILED_PRECONDITION;
        epochAtStart = topology.epoch();
        passed = 0;
        most = 0;
        metrics.started();
        int failover = ++failovers;
        if (cause.code() == Code.UNAVAILABLE) {
            var unused = loop.schedule(() -> doubt(failover), DOUBT_SECONDS, TimeUnit.SECONDS);
        }
        var unused = loop.schedule(
                () -> giveUp(failover), config.maxFailoverDuration().toNanos(), TimeUnit.NANOSECONDS);
        return true;
    }

    /** A call failed, but the primary has been well by its own reports ever since: that was no failover. */
    private void doubt(int failover) {
        if (state == State.BUFFERING && failover == failovers && primaryServes && !steppedDown) {
            stop(BufferMetrics.Stop.NEW_PRIMARY_SEEN, null);
        }
    }

    private void giveUp(int failover) {
        if (state == State.BUFFERING && failover == failovers) {
            stop(BufferMetrics.Stop.MAX_DURATION_EXCEEDED, null);
        }
    }

    private void hold(HeldCall.Waiter waiter, long leftNanos) {
        if (room.free == 0) {
            HeldCall oldest = held.poll();
            if (oldest == null) {
                metrics.skipped("BufferFull");
                waiter.released(VtException.of(Code.UNAVAILABLE, "primary buffer is full"), false, false);
                return;
            }
            metrics.evicted("BufferFull");
            room.free++;
            oldest.release(VtException.of(Code.UNAVAILABLE, "buffer full: request evicted for newer request"), false);
        }
        room.free--;
        metrics.buffered();
        HeldCall call = new HeldCall(waiter);
        held.add(call);
        most = Math.max(most, held.size());
        if (leftNanos > 0) {
            call.deadline(
                    loop.schedule(() -> abandon(call, "context deadline exceeded"), leftNanos, TimeUnit.NANOSECONDS));
        }
        var unused = loop.schedule(() -> expire(call), config.window().toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Its window is over: it is tried, whatever comes of it. */
    private void expire(HeldCall call) {
        if (remove(call)) {
            metrics.evicted("WindowExceeded");
            call.release(null, false);
        }
    }

    /** The caller has gone or its time is up. */
    void cancel(HeldCall.Waiter waiter) {
        for (HeldCall call : held) {
            if (call.waiter() == waiter) {
                abandon(call, "context canceled");
                return;
            }
        }
    }

    private void abandon(HeldCall call, String reason) {
        if (remove(call)) {
            metrics.evicted("ContextDone");
            call.release(
                    VtException.of(Code.UNAVAILABLE, "context was canceled before failover finished: " + reason),
                    false);
        }
    }

    private boolean remove(HeldCall call) {
        boolean removed = held.remove(call);
        if (removed) {
            room.free++;
        }
        return removed;
    }

    /** The primary's state now: whether one serves, and the greatest term seen. */
    void onPrimary(boolean serves, long term) {
        if (term > knownTerm) {
            everReparented = knownTerm != 0;
            reparentedAt = ticker.nanos();
            knownTerm = term;
        }
        primaryServes = serves;
        steppedDown |= !serves;
        evaluate();
    }

    void onTopology(ServingState newer) {
        topology = newer;
        evaluate();
    }

    void onKeyspace(boolean consistent) {
        keyspaceServes = consistent;
        evaluate();
    }

    private void evaluate() {
        if (state != State.BUFFERING) {
            return;
        }
        boolean exists = Shards.serves(topology, target);
        if (!exists) {
            // not before all the new shards serve: what is held would find nobody there
            if (Shards.othersExist(topology, target) && keyspaceServes) {
                stop(
                        BufferMetrics.Stop.RESHARDING_COMPLETE,
                        VtException.of(Code.UNAVAILABLE, "destination shard is missing after a resharding operation"));
            }
        } else if (tablesMoving) {
            if (topology.epoch() > epochAtStart) {
                stop(BufferMetrics.Stop.MOVE_TABLES_SWITCHED_TRAFFIC, null);
            }
        } else if (primaryServes && (steppedDown || knownTerm > termAtStart)) {
            stop(BufferMetrics.Stop.NEW_PRIMARY_SEEN, null);
        }
    }

    void shutdown() {
        if (state == State.BUFFERING) {
            stop(BufferMetrics.Stop.SHUTDOWN, VtException.of(Code.UNAVAILABLE, "the gateway is shutting down"));
        }
    }

    private void stop(BufferMetrics.Stop reason, @Nullable VtException error) {
        endedAt = ticker.nanos();
        everEnded = true;
        holding = false;
        metrics.stopped(reason, endedAt - startedAt, most, 100L * most / config.size());
        if (error != null) {
            state = State.IDLE;
            for (HeldCall call = held.poll(); call != null; call = held.poll()) {
                room.free++;
                call.release(error, false);
            }
            return;
        }
        state = State.DRAINING;
        drain();
    }

    private void drain() {
        while (state == State.DRAINING && draining < config.drainConcurrency()) {
            HeldCall next = held.poll();
            if (next == null) {
                if (draining == 0) {
                    state = State.IDLE;
                }
                return;
            }
            room.free++;
            draining++;
            metrics.drained();
            next.release(null, true);
        }
    }

    /** A held call that was tried has ended. */
    void retried() {
        if (draining > 0) {
            draining--;
            drain();
        }
    }
}
