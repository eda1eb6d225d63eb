package io.vtsphere.shardingsphere.kernel.v51;

import io.netty.channel.EventLoop;
import io.vitess.proto.Query;
import io.vtsphere.executor.ResultEnd;
import io.vtsphere.executor.ResultHandler;
import io.vtsphere.executor.SessionParams;
import io.vtsphere.mysql.StatusFlags;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kernel's side of one client: its commands on threads that may block, its answers on the client's event loop.
 *
 * <p>Every method is called on that event loop; one command at a time, as with {@link io.vtsphere.executor.GateSession}. At most one batch of
 * rows waits for the client.
 */
public final class KernelClient {
    private static final Logger LOG = LoggerFactory.getLogger(KernelClient.class);
    private static final int BATCH_ROWS = 256;
    private static final int BATCH_BYTES = 256 << 10;

    private final SessionParams params;
    private final Executor threads;
    private final Executor closing;

    /** Made by the first command, on its thread; one command at a time hands it on. */
    private volatile @Nullable KernelSession session;

    private volatile boolean closed;

    /** The rows that the running statement reads; null for none. */
    private volatile @Nullable Batches reading;

    /** Guarded by the event loop. */
    private boolean running;

    /**
     * @param threads run commands; may refuse one
     * @param closing gives connections back when the client is gone; refuses nothing
     */
    public KernelClient(SessionParams params, Executor threads, Executor closing) {
        this.params = params;
        this.threads = threads;
        this.closing = closing;
    }

    /** Autocommit and in-transaction, as MySQL's server status. */
    public int statusFlags() {
        KernelSession known = session;
        return known == null ? StatusFlags.AUTOCOMMIT : known.statusFlags();
    }

    public boolean inTransaction() {
        KernelSession known = session;
        return known != null && known.inTransaction();
    }

    /** Runs a statement; {@code autocommit}, when it is not null, is set before. */
    public void run(String database, String sql, List<SqlValue> values, @Nullable Boolean autocommit, ResultHandler h) {
        Batches rows = new Batches(h);
        reading = rows;
        command(
                () -> {
                    KernelSession kernel = session();
                    if (autocommit != null) {
                        kernel.autocommit(autocommit);
                    }
                    ResultEnd end = kernel.run(database, sql, values, rows);
                    rows.flush();
                    return end;
                },
                new Outcome<>() {
                    @Override
                    public void success(ResultEnd end) {
                        h.end(end);
                    }

                    @Override
                    public void failure(VtException error) {
                        h.fail(error);
                    }
                });
    }

    /** Counts a statement's markers. */
    public void prepare(String sql, Outcome<Integer> outcome) {
        command(() -> session().parameterCount(sql), outcome);
    }

    /** Rolls back, and autocommit is on again. */
    public void reset(Outcome<Boolean> outcome) {
        if (session == null) {
            outcome.success(true);
            return;
        }
        command(
                () -> {
                    session().reset();
                    return true;
                },
                outcome);
    }

    /** Takes a command's end, on the event loop; one of the two is called, once, unless the client is gone. */
    public interface Outcome<T> {
        void success(T value);

        void failure(VtException error);
    }

    private KernelSession session() {
        KernelSession known = session;
        if (known == null) {
            known = KernelSession.open(params.user(), host(params.remoteAddress()), (int) params.connectionId());
            session = known;
        }
        return known;
    }

    private static String host(String address) {
        int colon = address.lastIndexOf(':');
        return colon < 0 ? address : address.substring(0, colon);
    }

    private <T> void command(Supplier<T> work, Outcome<T> outcome) {
        running = true;
        try {
            threads.execute(() -> carryOut(work, outcome));
        } catch (RejectedExecutionException e) {
            running = false;
            outcome.failure(VtException.of(
                    Code.RESOURCE_EXHAUSTED,
                    "all threads for statements of the host's databases are busy (session-threads)",
                    e));
        }
    }

    private <T> void carryOut(Supplier<T> work, Outcome<T> outcome) {
        Runnable answer;
        try {
            T value = work.get();
            answer = () -> outcome.success(value);
        } catch (VtException e) {
            answer = () -> outcome.failure(e);
        } catch (Throwable e) {
            // also a missing class: the client would wait for ever
            LOG.error("a statement of connection {} crashed in the host's kernel", params.connectionId(), e);
            answer = () -> outcome.failure(VtError.VT13001.with(e));
        }
        Runnable last = answer;
        onLoop(() -> {
            running = false;
            if (closed) {
                giveBack();
            } else {
                last.run();
            }
        });
    }

    private void onLoop(Runnable task) {
        EventLoop loop = params.loop();
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("event loop is shut down; connection {} is gone", params.connectionId(), e);
            closed = true;
            giveBack();
        }
    }

    /** The client is gone: what runs ends by itself, and its transaction is rolled back. Idempotent. */
    public void close() {
        if (!closed) {
            closed = true;
            Batches rows = reading;
            if (rows != null) {
                rows.mayRead.release();
            }
            if (!running) {
                giveBack();
            }
        }
    }

    private void giveBack() {
        KernelSession known = session;
        session = null;
        if (known != null) {
            closing.execute(() -> {
                try {
                    known.reset();
                } catch (RuntimeException e) {
                    LOG.warn("connection {} left the host's databases with an error", params.connectionId(), e);
                }
            });
        }
    }

    /** Rows on their way from the kernel's thread to the event loop. Confined to that thread, but for the permit. */
    private final class Batches implements KernelSession.Rows {
        private final ResultHandler handler;

        /** Given back when the client takes more, or is gone. */
        private final Semaphore mayRead = new Semaphore(1);

        private List<Query.Row> batch = new ArrayList<>();
        private int bytes;

        Batches(ResultHandler handler) {
            this.handler = handler;
        }

        @Override
        public void fields(List<Query.Field> fields) {
            onLoop(() -> {
                if (!closed) {
                    handler.fields(fields);
                }
            });
        }

        @Override
        public void row(Query.Row row) {
            batch.add(row);
            bytes += row.getValues().size();
            if (batch.size() >= BATCH_ROWS || bytes >= BATCH_BYTES) {
                flush();
            }
        }

        void flush() {
            if (batch.isEmpty()) {
                return;
            }
            List<Query.Row> full = batch;
            batch = new ArrayList<>();
            bytes = 0;
            mayRead.acquireUninterruptibly();
            if (closed) {
                mayRead.release();
                throw VtException.of(Code.CANCELED, "the client is gone");
            }
            onLoop(() -> {
                if (closed) {
                    return;
                }
                handler.rows(full);
                handler.onWritable(mayRead::release);
            });
        }
    }
}
