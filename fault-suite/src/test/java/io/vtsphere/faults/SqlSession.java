package io.vtsphere.faults;

import io.netty.channel.EventLoop;
import io.vitess.proto.Query;
import io.vtsphere.executor.GateSession;
import io.vtsphere.executor.ResultEnd;
import io.vtsphere.executor.ResultHandler;
import io.vtsphere.executor.SessionParams;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A client that waits for each answer: the first column of the rows as text. */
final class SqlSession implements AutoCloseable {
    private final EventLoop loop;
    private final GateSession session;

    SqlSession(FaultCluster cluster) {
        loop = cluster.loops.next();
        session = cluster.gate.newSession(
                new SessionParams(999_999, loop, "test", "test", List.of(), "127.0.0.1:1", 255, false));
    }

    List<String> query(String sql) throws Exception {
        return run(handler -> session.query(sql, handler));
    }

    void use(String target) throws Exception {
        run(handler -> session.initDb(target, handler));
    }

    private List<String> run(Consumer<ResultHandler> command) throws Exception {
        CompletableFuture<List<String>> answer = new CompletableFuture<>();
        List<String> values = new ArrayList<>();
        loop.execute(() -> command.accept(new ResultHandler() {
            @Override
            public void fields(List<Query.Field> fields) {}

            @Override
            public void rows(List<Query.Row> rows) {
                rows.forEach(row -> values.add(
                        row.getValues().substring(0, (int) row.getLengths(0)).toStringUtf8()));
            }

            @Override
            public boolean writable() {
                return true;
            }

            @Override
            public void onWritable(Runnable task) {
                task.run();
            }

            @Override
            public void end(ResultEnd end) {
                answer.complete(values);
            }

            @Override
            public void fail(VtException error) {
                answer.completeExceptionally(error);
            }
        }));
        try {
            return answer.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw (VtException) e.getCause();
        }
    }

    @Override
    public void close() {
        loop.execute(session::close);
    }
}
