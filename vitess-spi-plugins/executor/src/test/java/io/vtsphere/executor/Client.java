package io.vtsphere.executor;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.vitess.proto.Query;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A MySQL client in a test: sends commands to a session on its loop and waits for the whole answer. */
final class Client implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    final EventLoop loop;
    final GateSession session;

    /** Confined to the loop. */
    private boolean writable = true;

    private @Nullable Runnable whenWritable;

    Client(GateSessions gate) {
        this(gate, 1);
    }

    Client(GateSessions gate, long connectionId) {
        this(gate, connectionId, new DefaultEventLoop());
    }

    /** @param loop ended with this client; others may share it until then */
    Client(GateSessions gate, long connectionId, EventLoop loop) {
        this.loop = loop;
        this.session = gate.newSession(
                new SessionParams(connectionId, loop, "app", "userData1", List.of(), "127.0.0.1:5", 255, false));
    }

    /** An answer as the client sees it. */
    record Answer(List<Query.Field> fields, List<Query.Row> rows, ResultEnd end) {
        List<List<@Nullable String>> texts() {
            return Results.texts(rows);
        }
    }

    Answer query(String sql) {
        return await(start(handler -> session.query(sql, handler)));
    }

    Answer execute(PreparedPlan plan, SqlValue... params) {
        return await(start(handler -> session.execute(plan, List.of(params), handler)));
    }

    Answer initDb(String target) {
        return await(start(handler -> session.initDb(target, handler)));
    }

    Answer reset() {
        return await(start(session::reset));
    }

    PreparedPlan prepare(String sql) {
        CompletableFuture<PreparedPlan> answer = new CompletableFuture<>();
        loop.execute(() -> session.prepare(sql, new PrepareHandler() {
            @Override
            public void prepared(PreparedPlan plan) {
                checkLoop();
                answer.complete(plan);
            }

            @Override
            public void fail(VtException error) {
                checkLoop();
                answer.completeExceptionally(error);
            }
        }));
        return await(answer);
    }

    VtException error(String sql) {
        try {
            Answer answer = query(sql);
            throw new AssertionError("no error but " + answer);
        } catch (VtException e) {
            return e;
        }
    }

    CompletableFuture<Answer> start(Consumer<ResultHandler> command) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                command.accept(new Collector(answer));
            } catch (RuntimeException | Error e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    /** Runs something on the session's loop and waits for it. */
    void onLoop(Runnable task) {
        loop.submit(task).syncUninterruptibly();
    }

    static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof VtException failure) {
                throw failure;
            }
            throw new AssertionError("the command broke", e.getCause());
        } catch (Exception e) {
            throw new AssertionError("no answer", e);
        }
    }

    /** Stops taking rows, or goes on. */
    void setWritable(boolean now) {
        onLoop(() -> {
            writable = now;
            Runnable task = whenWritable;
            if (now && task != null) {
                whenWritable = null;
                task.run();
            }
        });
    }

    private void checkLoop() {
        if (!loop.inEventLoop()) {
            throw new AssertionError("handler called on " + Thread.currentThread());
        }
    }

    @Override
    public void close() {
        onLoop(session::close);
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    private final class Collector implements ResultHandler {
        private final CompletableFuture<Answer> answer;
        private final List<Query.Row> rows = new ArrayList<>();
        private List<Query.Field> fields = List.of();

        Collector(CompletableFuture<Answer> answer) {
            this.answer = answer;
        }

        @Override
        public void fields(List<Query.Field> list) {
            checkLoop();
            if (!fields.isEmpty() || list.isEmpty()) {
                answer.completeExceptionally(new AssertionError("fields called twice, or with none"));
            }
            fields = list;
        }

        @Override
        public void rows(List<Query.Row> list) {
            checkLoop();
            for (Query.Row row : list) {
                if (row.getLengthsCount() != fields.size()) {
                    answer.completeExceptionally(new AssertionError(
                            "a row of " + row.getLengthsCount() + " values under " + fields.size() + " columns"));
                }
            }
            rows.addAll(list);
        }

        @Override
        public boolean writable() {
            return writable;
        }

        @Override
        public void onWritable(Runnable task) {
            if (writable) {
                task.run();
            } else {
                whenWritable = task;
            }
        }

        @Override
        public void end(ResultEnd end) {
            checkLoop();
            if (!answer.complete(new Answer(fields, rows, end))) {
                throw new AssertionError("answered twice");
            }
        }

        @Override
        public void fail(VtException error) {
            checkLoop();
            if (!answer.completeExceptionally(error)) {
                throw new AssertionError("answered twice");
            }
        }
    }
}
