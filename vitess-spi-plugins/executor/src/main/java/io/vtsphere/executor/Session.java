package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vtsphere.gateway.Reply;
import io.vtsphere.planner.Primitive;
import io.vtsphere.planner.StatementKind;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The gate's side of one MySQL client. Every field belongs to the session's event loop. */
final class Session implements GateSession {
    private final Gate gate;
    private final SessionParts parts;
    private final SessionState state;
    private final SessionMetrics metrics;
    private boolean busy;
    private boolean closed;
    private Runnable hangUp = () -> {};

    Session(Gate gate, SessionParts parts) {
        this.gate = gate;
        this.parts = parts;
        this.state = parts.state();
        this.metrics = new SessionMetrics(parts.metrics(), parts.state());
    }

    @Override
    public void query(String sql, ResultHandler handler) {
        run(handler, () -> gate.plans().plan(sql, state, gate.states().current()));
    }

    @Override
    public void execute(PreparedPlan plan, List<SqlValue> params, ResultHandler handler) {
        PreparedText text = ((Prepared) plan).text();
        run(handler, () -> gate.plans().plan(text, params, state, gate.states().current()));
    }

    private void run(ResultHandler handler, Supplier<Planned> planning) {
        if (!enter()) {
            handler.fail(VtException.of(Code.INTERNAL, "a session takes one command at a time"));
            return;
        }
        long start = System.nanoTime();
        new StatementRun(parts, gate, planning, new StatementRun.Outcome() {
                    @Override
                    public void fields(List<Query.Field> fields) {
                        if (!closed) {
                            handler.fields(fields);
                        }
                    }

                    @Override
                    public void rows(List<Query.Row> rows) {
                        if (!closed) {
                            handler.rows(rows);
                        }
                    }

                    @Override
                    public boolean writable() {
                        return closed || handler.writable();
                    }

                    @Override
                    public void onWritable(Runnable task) {
                        handler.onWritable(task);
                    }

                    @Override
                    public void streamed(Planned planned, long rows, int shards) {
                        state.rowCount = -1;
                        state.foundRows = rows;
                        metrics.streamed(planned.plan(), rows, shards, System.nanoTime() - start);
                        leave(() -> handler.end(end(0, 0, "")));
                    }

                    @Override
                    public void succeeded(Planned planned, StatementResult result, int shards) {
                        note(planned, result);
                        metrics.succeeded(planned.plan(), result, shards, System.nanoTime() - start);
                        leave(() -> answer(planned, result, handler));
                    }

                    @Override
                    public void failed(@Nullable Planned planned, VtException error) {
                        metrics.failed(
                                planned == null ? null : planned.plan(), error.code(), System.nanoTime() - start);
                        state.rowCount = -1;
                        leave(() -> handler.fail(error));
                    }
                })
                .start();
    }

    private boolean enter() {
        if (busy || closed) {
            return false;
        }
        busy = true;
        state.statementStart = System.nanoTime();
        parts.running().reset();
        return true;
    }

    /** The command has ended: answers it, or, when the client has gone meanwhile, gives up what it held. */
    private void leave(Runnable answer) {
        busy = false;
        if (closed) {
            releaseEverything();
        } else {
            answer.run();
        }
    }

    private void note(Planned planned, StatementResult result) {
        StatementKind kind = planned.plan().kind();
        boolean rows = !result.fields().isEmpty();
        state.rowCount = rows ? -1 : result.affectedRows();
        if (rows && kind == StatementKind.SELECT) {
            boolean counted = planned.plan().root() instanceof Primitive.FoundRows;
            state.foundRows = counted ? result.affectedRows() : result.rows().size();
        }
        if (result.insertIdChanged()) {
            state.lastInsertId = result.insertId();
        }
    }

    private void answer(Planned planned, StatementResult result, ResultHandler handler) {
        long insertId = result.fields().isEmpty() ? result.insertId() : 0;
        if (!result.fields().isEmpty()) {
            handler.fields(result.fields());
            if (!result.rows().isEmpty()) {
                handler.rows(result.rows());
            }
        }
        handler.end(end(result.affectedRows(), insertId, result.info()));
    }

    private ResultEnd end(long affected, long insertId, String info) {
        return new ResultEnd(affected, insertId, state.statusFlags(), warningCount(), info);
    }

    @Override
    public void prepare(String sql, PrepareHandler handler) {
        if (!enter()) {
            handler.fail(VtException.of(Code.INTERNAL, "a session takes one command at a time"));
            return;
        }
        PreparedText text;
        try {
            if (state.transaction.isFailed()) {
                throw VtError.VT09032.with();
            }
            text = gate.plans().prepare(sql);
            gate.fields().of(text, gate, parts, new Reply<>() {
                @Override
                public void success(List<Query.Field> fields) {
                    leave(() -> handler.prepared(new Prepared(text, fields)));
                }

                @Override
                public void failure(VtException error) {
                    leave(() -> handler.fail(error));
                }
            });
        } catch (VtException e) {
            leave(() -> handler.fail(e));
        } catch (RuntimeException | Error e) {
            VtException error = StatementRun.bug(e);
            leave(() -> handler.fail(error));
        }
    }

    /** What a client holds of a prepared statement. */
    private record Prepared(PreparedText text, List<Query.Field> fields) implements PreparedPlan {
        @Override
        public int paramCount() {
            return text.paramCount();
        }
    }

    @Override
    public void initDb(String target, ResultHandler handler) {
        try {
            gate.commands(parts).use(target);
        } catch (VtException e) {
            handler.fail(e);
            return;
        }
        handler.end(end(0, 0, ""));
    }

    @Override
    public void reset(ResultHandler handler) {
        if (!enter()) {
            handler.fail(VtException.of(Code.INTERNAL, "a session takes one command at a time"));
            return;
        }
        parts.locks().release();
        parts.ends().releaseEverything(() -> {
            state.reset();
            leave(() -> handler.end(end(0, 0, "")));
        });
    }

    @Override
    public int statusFlags() {
        return state.statusFlags();
    }

    @Override
    public int warningCount() {
        return state.warnings().size();
    }

    @Override
    public String targetString() {
        return state.target.text();
    }

    @Override
    public void onKilled(Runnable hangUp) {
        this.hangUp = hangUp;
    }

    /** Ends what runs, and the connection too. May be called from any thread. */
    void killConnection() {
        gate.onLoop(parts, () -> {
            parts.running().kill();
            hangUp.run();
        });
    }

    @Override
    public void kill() {
        gate.onLoop(parts, () -> {
            if (busy) {
                parts.running().kill();
            }
        });
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        gate.sessionClosed(state.params.connectionId());
        if (busy) {
            parts.running().kill();
        } else {
            releaseEverything();
        }
    }

    private void releaseEverything() {
        parts.locks().release();
        parts.ends().releaseEverything(() -> {});
    }
}
