package io.vtsphere.tablet.health;

import io.vitess.proto.Query;
import io.vtsphere.tablet.health.ServingStatus.State;
import io.vtsphere.topo.TabletType;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
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
        ServingStatus after = change.apply(before);
        if (before.state() == State.SHUTTING_DOWN || after.equals(before)) {
            return;
        }
        status = after;
        listeners.forEach(listener -> listener.accept(after));
    }

    /**
     * Refuses a call that this tablet must not answer now. The texts are Vitess's, gates recognise them.
     *
     * @param target null when the call names none
     * @param tied whether the call belongs to an open transaction or reserved connection, which may finish during a shutdown
     * @throws VtException CLUSTER_EVENT, INVALID_ARGUMENT or FAILED_PRECONDITION
     */
    public void check(Query.@Nullable Target target, boolean tied) {
        ServingStatus now = status;
        if (now.state() == State.NOT_SERVING || now.state() == State.SHUTTING_DOWN && !tied) {
            throw VtException.of(Code.CLUSTER_EVENT, "operation not allowed in state " + now.state());
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
