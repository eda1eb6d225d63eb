package io.vtsphere.tablet.transaction;

import io.vtsphere.tablet.mysql.ConnectionPool;
import io.vtsphere.tablet.mysql.MysqlConnection;
import io.vtsphere.tablet.mysql.QueryControl;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A connection that belongs to one client's transaction, or that it has reserved, under an id.
 *
 * <p>Whoever has set {@link #purpose} owns it; the fields without another note are guarded by that ownership.
 */
public final class StatefulConnection {
    private final MysqlConnection connection;
    private final ConnectionPool pool;
    /** Why it is busy; null when free. */
    private final AtomicReference<@Nullable String> purpose = new AtomicReference<>();

    private volatile long id;
    private volatile boolean inTransaction;
    private volatile boolean reserved;
    private volatile long timeoutNanos;
    private volatile long startNanos;
    private boolean autocommit;

    StatefulConnection(long id, MysqlConnection connection, ConnectionPool pool) {
        this.id = id;
        this.connection = connection;
        this.pool = pool;
    }

    public long id() {
        return id;
    }

    public MysqlConnection connection() {
        return connection;
    }

    ConnectionPool pool() {
        return pool;
    }

    public boolean inTransaction() {
        return inTransaction;
    }

    public boolean reserved() {
        return reserved;
    }

    boolean autocommit() {
        return autocommit;
    }

    /** When its transaction is over, on the ticker; {@link QueryControl#NEVER} for never. */
    public long expiryNanos() {
        return timeoutNanos == 0 ? QueryControl.NEVER : startNanos + timeoutNanos;
    }

    long timeoutNanos() {
        return timeoutNanos;
    }

    void id(long renewed) {
        id = renewed;
    }

    void reserve() {
        reserved = true;
    }

    /** @param timeout 0: none */
    void began(boolean withAutocommit, long now, long timeout) {
        autocommit = withAutocommit;
        startNanos = now;
        timeoutNanos = timeout;
        inTransaction = true;
    }

    void concluded() {
        inTransaction = false;
        autocommit = false;
        timeoutNanos = 0;
    }

    /** Takes the ownership; the purpose of the present owner when there is one, null when it is ours now. */
    @Nullable
    String take(String forWhat) {
        return purpose.compareAndSet(null, forWhat) ? null : purpose.get();
    }

    void give() {
        purpose.set(null);
    }
}
