package io.vtsphere.tablet.sequence;

import io.netty.channel.EventLoop;
import io.vtsphere.tablet.mysql.Callback;
import io.vtsphere.tablet.mysql.ConnectionPool;
import io.vtsphere.tablet.mysql.MysqlConnection;
import io.vtsphere.tablet.mysql.QueryControl;
import io.vtsphere.tablet.mysql.SimpleQuery;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One sequence table: hands out numbers from a block that it has reserved by moving {@code next_id} on.
 *
 * <p>Confined to one event loop, which guards all fields; other threads hop there. While a block is being read, further calls wait, at most
 * {@link #MAX_WAITING}. Numbers that were not handed out when the process ends are lost. Source: {@code execNextval} in
 * {@code go/vt/vttablet/tabletserver/query_executor.go}.
 */
final class Sequence {
    private static final int MAX_WAITING = 10_000;

    private final String table;
    private final EventLoop loop;
    private final int loopIndex;
    private final ConnectionPool pool;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    /** The next number; 0 before the first block. */
    private long nextValue;
    /** The first number behind the block. */
    private long lastValue;

    private boolean reading;

    private record Waiting(long count, QueryControl control, Callback<Long> callback) {}

    Sequence(String table, EventLoop loop, int loopIndex, ConnectionPool pool) {
        this.table = table;
        this.loop = loop;
        this.loopIndex = loopIndex;
        this.pool = pool;
    }

    void next(long count, QueryControl control, Callback<Long> callback) {
        if (loop.inEventLoop()) {
            take(new Waiting(count, control, callback));
        } else {
            loop.execute(() -> take(new Waiting(count, control, callback)));
        }
    }

    private void take(Waiting call) {
        if (reading) {
            if (waiting.size() == MAX_WAITING) {
                call.callback()
                        .failure(VtException.of(
                                Code.RESOURCE_EXHAUSTED,
                                "sequence " + table + ": more than " + MAX_WAITING + " calls wait"));
            } else {
                waiting.add(call);
            }
        } else if (nextValue == 0 || nextValue + call.count() > lastValue) {
            reading = true;
            read(call);
        } else {
            hand(call);
        }
    }

    private void hand(Waiting call) {
        long first = nextValue;
        nextValue += call.count();
        call.callback().success(first);
    }

    private void finished(Waiting call, RuntimeException error) {
        loop.execute(() -> {
            reading = false;
            call.callback().failure(error);
            proceed();
        });
    }

    private void finished(Waiting call, long next, long last) {
        loop.execute(() -> {
            reading = false;
            nextValue = next;
            lastValue = last;
            hand(call);
            proceed();
        });
    }

    private void proceed() {
        while (!reading && !waiting.isEmpty()) {
            take(waiting.remove());
        }
    }

    private void read(Waiting call) {
        long knownNext = nextValue;
        long knownLast = lastValue;
        pool.acquire(loopIndex, null, call.control(), new Callback<>() {
            @Override
            public void success(MysqlConnection connection) {
                if (connection.settings() != null) {
                    // Its sql_mode is somebody's; a sequence must not depend on it.
                    connection.close();
                    pool.release(connection);
                    read(call);
                    return;
                }
                new Block(connection, call, knownNext, knownLast).begin();
            }

            @Override
            public void failure(RuntimeException error) {
                finished(call, error);
            }
        });
    }

    /** Reserves the next block in a transaction of its own; on the loop of its connection. */
    private final class Block {
        private final MysqlConnection connection;
        private final Waiting call;
        private long next;
        private long last;

        Block(MysqlConnection connection, Waiting call, long next, long last) {
            this.connection = connection;
            this.call = call;
            this.next = next;
            this.last = last;
        }

        void begin() {
            run("begin", rows -> select());
        }

        private void select() {
            run("select next_id, cache from " + quoted(table) + " where id = 0 for update", this::reserve);
        }

        private void reserve(SimpleQuery.Rows rows) {
            if (rows.size() != 1) {
                throw VtException.of(
                        Code.UNKNOWN,
                        "unexpected rows from reading sequence " + table + " (possible mis-route): " + rows.size());
            }
            long nextId = number(rows, 0);
            long cache = number(rows, 1);
            if (last != nextId) {
                // A smaller one than ours means that somebody set it back: numbers never repeat.
                last = Math.max(last, nextId);
                next = last;
            }
            if (cache < 1) {
                throw VtException.of(Code.UNKNOWN, "invalid cache value for sequence " + table + ": " + cache);
            }
            long newLast = last + cache;
            while (newLast < next + call.count()) {
                newLast += cache;
            }
            long reserved = newLast;
            run(
                    "update " + quoted(table) + " set next_id = " + reserved + " where id = 0",
                    ignored -> run("commit", committed -> {
                        pool.release(connection);
                        finished(call, next, reserved);
                    }));
        }

        private long number(SimpleQuery.Rows rows, int column) {
            String text = rows.text(0, column);
            try {
                return Long.parseLong(String.valueOf(text));
            } catch (NumberFormatException e) {
                throw VtException.of(
                        Code.UNKNOWN,
                        "error loading sequence " + table + ": " + rows.names().get(column) + " is " + text);
            }
        }

        private void run(String sql, Step step) {
            SimpleQuery.run(connection, sql, call.control(), new Callback<>() {
                @Override
                public void success(SimpleQuery.Rows rows) {
                    try {
                        step.on(rows);
                    } catch (VtException e) {
                        abandon(e);
                    }
                }

                @Override
                public void failure(RuntimeException error) {
                    abandon(error);
                }
            });
        }

        private void abandon(RuntimeException error) {
            connection.close();
            pool.release(connection);
            finished(call, error);
        }
    }

    private interface Step {
        void on(SimpleQuery.Rows rows);
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
