package io.vtsphere.tablet.health;

import io.vitess.proto.Query;
import io.vtsphere.tablet.health.ServingStatus.State;
import io.vtsphere.topo.TabletType;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Holds what this tablet is, and refuses calls that do not fit.
 *
 * <p>Thread-safe: calls read one reference; changes are made one after the other, and listeners hear of them in that order.
 */
public final class StateManager {
    private final String keyspace;
    private final String shard;
    private final List<Consumer<ServingStatus>> listeners = new CopyOnWriteArrayList<>();
    private volatile ServingStatus status;
    /** Why it must not serve; replaced as a whole under this object's lock. */
    private volatile Map<Hold, String> holds = Map.of();
    /** Whether open transactions may go on although it does not serve; written under this object's lock. */
    private volatile boolean draining;

    private volatile @Nullable Vigil vigil;
    /** Guarded by this. */
    private long pauses;

    /**
     * @param guard notices that the process stood still
     * @param suspected called when it did as primary; must not block
     */
    private record Vigil(PauseGuard guard, Runnable suspected) {}

    public StateManager(String keyspace, String shard, TabletType type, long primaryTermStart) {
        this.keyspace = keyspace;
        this.shard = shard;
        this.status = new ServingStatus(State.NOT_SERVING, type, primaryTermStart, "MySQL has not answered yet", 0);
    }

    public ServingStatus status() {
        return status;
    }

    public String keyspace() {
        return keyspace;
    }

    public String shard() {
        return shard;
    }

    /** Called for each change; must not block. */
    public void addListener(Consumer<ServingStatus> listener) {
        listeners.add(listener);
    }

    /** Replaces the status; once shutting down, it stays that. */
    public synchronized void update(UnaryOperator<ServingStatus> change) {
        ServingStatus before = status;
        ServingStatus after = held(change.apply(before));
        if (before.state() == State.SHUTTING_DOWN || after.equals(before)) {
            return;
        }
        status = after;
        listeners.forEach(listener -> listener.accept(after));
    }

    private ServingStatus held(ServingStatus wanted) {
        return !wanted.serving() || holds.isEmpty()
                ? wanted
                : new ServingStatus(
                        State.NOT_SERVING,
                        wanted.type(),
                        wanted.primaryTermStart(),
                        holds.values().iterator().next(),
                        wanted.lagSeconds());
    }

    /**
     * Stops serving until {@link #release}.
     *
     * @param lettingTransactionsEnd whether calls that belong to open transactions are answered until {@link #drained}
     */
    public synchronized void hold(Hold hold, String reason, boolean lettingTransactionsEnd) {
        Map<Hold, String> now = new EnumMap<>(Hold.class);
        now.putAll(holds);
        now.put(hold, reason);
        draining = lettingTransactionsEnd && status.serving();
        holds = now;
        update(UnaryOperator.identity());
    }

    /** Open transactions have ended. */
    public synchronized void drained() {
        draining = false;
    }

    /** Lets the tablet serve again from the next good look at MySQL on. */
    public synchronized void release(Hold hold) {
        Map<Hold, String> now = new EnumMap<>(Hold.class);
        now.putAll(holds);
        now.remove(hold);
        holds = now.isEmpty() ? Map.of() : now;
        if (holds.isEmpty()) {
            draining = false;
        }
    }

    public boolean isHeld(Hold hold) {
        return holds.containsKey(hold);
    }

    /**
     * From now on a primary that stood still serves nobody until {@link #forgive}.
     *
     * @param limitNanos how long it may stand still without losing trust
     * @param suspected called then; must not block
     */
    public void distrustPauses(LongSupplier ticker, long limitNanos, Runnable suspected) {
        vigil = new Vigil(new PauseGuard(ticker, limitNanos), suspected);
    }

    /** The process runs; to be called several times within the limit of {@link #distrustPauses}. */
    public void pulse() {
        Vigil watching = vigil;
        if (watching != null && watching.guard().pulse() && status.type() == TabletType.PRIMARY) {
            synchronized (this) {
                pauses++;
                hold(Hold.PAUSE, "the primary stood still and asks the topology whether it still is one", false);
            }
            watching.suspected().run();
        }
    }

    /** Whether what is under way must not go on, because the process stood still as primary and its term may be over. */
    public boolean isDistrusted() {
        Vigil watching = vigil;
        if (watching != null && watching.guard().hasPaused()) {
            pulse();
        }
        return isHeld(Hold.PAUSE);
    }

    /** How often it stood still as primary. */
    public synchronized long pauses() {
        return pauses;
    }

    /** @return whether it had lost trust, by no pause since that one, and has it again */
    public synchronized boolean forgive(long pause) {
        boolean forgiven = isHeld(Hold.PAUSE) && pause == pauses;
        if (forgiven) {
            release(Hold.PAUSE);
        }
        return forgiven;
    }

    /**
     * Refuses a call that this tablet must not answer now. The texts are Vitess's, gates recognise them.
     *
     * @param target null when the call names none
     * @param tied whether the call belongs to an open transaction or reserved connection, which may finish during a shutdown
     * @throws VtException CLUSTER_EVENT, INVALID_ARGUMENT or FAILED_PRECONDITION
     */
    public void check(Query.@Nullable Target target, boolean tied) {
        Vigil watching = vigil;
        if (watching != null && watching.guard().hasPaused()) {
            pulse();
        }
        ServingStatus now = status;
        State state = now.state() == State.NOT_SERVING && draining ? State.SHUTTING_DOWN : now.state();
        if (state == State.NOT_SERVING || state == State.SHUTTING_DOWN && !tied) {
            throw VtException.of(Code.CLUSTER_EVENT, "operation not allowed in state " + state);
        }
        if (target == null) {
            throw VtException.of(Code.INVALID_ARGUMENT, "No target");
        }
        if (!target.getKeyspace().equals(keyspace)) {
            throw VtException.of(
                    Code.INVALID_ARGUMENT,
                    "invalid keyspace " + target.getKeyspace() + " does not match expected " + keyspace);
        }
        if (!target.getShard().equals(shard)) {
            throw VtException.of(
                    Code.INVALID_ARGUMENT, "invalid shard " + target.getShard() + " does not match expected " + shard);
        }
        if (target.getTabletTypeValue() != now.type().number()) {
            throw VtException.of(
                    Code.FAILED_PRECONDITION,
                    "wrong tablet type: " + target.getTabletType() + ", want: " + now.type() + " or []");
        }
    }
}
