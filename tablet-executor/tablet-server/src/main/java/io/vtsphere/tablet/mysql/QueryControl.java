package io.vtsphere.tablet.mysql;

import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import org.jspecify.annotations.Nullable;

/**
 * The deadline of one call and its handle for being cancelled; a call runs at most one query at a time.
 *
 * <p>Thread-safe. Times are {@link System#nanoTime} values of the ticker that the connections use.
 */
public final class QueryControl {
    /** No deadline. */
    public static final long NEVER = Long.MAX_VALUE;

    private final long startNanos;
    private volatile long deadlineNanos;
    private volatile boolean cancelled;
    /** Written by the connection's loop, read by whoever cancels. */
    private volatile @Nullable MysqlConnection running;

    /** @param deadlineNanos when the query is to be killed, {@link #NEVER} for no limit */
    public QueryControl(long startNanos, long deadlineNanos) {
        this.startNanos = startNanos;
        this.deadlineNanos = deadlineNanos;
    }

    public static QueryControl unlimited() {
        return new QueryControl(0, NEVER);
    }

    public long startNanos() {
        return startNanos;
    }

    public long deadlineNanos() {
        return deadlineNanos;
    }

    public boolean cancelled() {
        return cancelled;
    }

    /** Brings the deadline forward; a later one is ignored. */
    public void limit(long otherDeadlineNanos) {
        if (otherDeadlineNanos < deadlineNanos) {
            deadlineNanos = otherDeadlineNanos;
        }
    }

    /** The client has gone: kills the running query; later queries of this call fail at once. */
    public void cancel() {
        cancelled = true;
        MysqlConnection connection = running;
        if (connection != null) {
            connection.cancel(this);
        }
    }

    void running(@Nullable MysqlConnection connection) {
        running = connection;
    }

    /** What a query that the client has given up fails with. */
    public static VtException cancelledError() {
        return VtException.of(Code.CANCELED, "(errno 1317) (sqlstate 70100): Query execution was interrupted");
    }
}
