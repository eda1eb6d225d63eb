package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vtsphere.gateway.Reply;
import io.vtsphere.planner.Directives;
import io.vtsphere.planner.PlanTarget;
import io.vtsphere.planner.Primitive;
import io.vtsphere.sql.SqlPrinter;
import io.vtsphere.sql.ast.AlterVSchema;
import io.vtsphere.sql.ast.Begin;
import io.vtsphere.sql.ast.Commit;
import io.vtsphere.sql.ast.Deallocate;
import io.vtsphere.sql.ast.EmptyStatement;
import io.vtsphere.sql.ast.Execute;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Kill;
import io.vtsphere.sql.ast.LockTables;
import io.vtsphere.sql.ast.Prepare;
import io.vtsphere.sql.ast.Rollback;
import io.vtsphere.sql.ast.Savepoint;
import io.vtsphere.sql.ast.SetStatement;
import io.vtsphere.sql.ast.SetTransaction;
import io.vtsphere.sql.ast.Statement;
import io.vtsphere.sql.ast.UnlockTables;
import io.vtsphere.sql.ast.Use;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.topo.TabletType;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.State;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * Statements that only the session carries out: transactions, savepoints, SET, USE and the like.
 *
 * <p>Started on the session's event loop; only SET goes to a session thread.
 */
final class SessionCommands {
    /** As many as one session may need; MySQL's default for a whole server is 16382. */
    private static final int MAX_PREPARED_STATEMENTS = 1000;

    private final Gate gate;
    private final SessionParts parts;
    private final SessionState session;

    SessionCommands(Gate gate, SessionParts parts) {
        this.gate = gate;
        this.parts = parts;
        this.session = parts.state();
    }

    /** @throws VtException VT12001 for a statement that is not supported */
    void run(Statement statement, Planned planned, Consumer<StatementResult> success, Consumer<VtException> failure) {
        Reply<Boolean> ok = reply(success, failure);
        if (statement instanceof Begin begin) {
            begin(begin, ok);
        } else if (statement instanceof Commit) {
            parts.ends().commit(ok);
        } else if (statement instanceof Rollback) {
            parts.ends().rollback(ok);
        } else if (statement instanceof Savepoint savepoint) {
            savepoint(savepoint, planned.text(), ok);
        } else if (statement instanceof Use use) {
            use(use.target() == null ? "" : use.target());
            ok.success(true);
        } else if (statement instanceof SetStatement set) {
            onThread(() -> setRun().run(set), ok);
        } else if (statement instanceof SetTransaction set) {
            onThread(() -> setRun().run(set), ok);
        } else if (statement instanceof Kill kill) {
            kill(kill);
            ok.success(true);
        } else if (statement instanceof EmptyStatement) {
            requireComment(planned.text());
            ok.success(true);
        } else if (statement instanceof UnlockTables || statement instanceof LockTables) {
            // vtgate, too, takes LOCK TABLES and locks nothing: the tables are on many servers.
            ok.success(true);
        } else if (statement instanceof AlterVSchema) {
            throw VtException.of(
                    Code.PERMISSION_DENIED,
                    "User '" + session.params.userData() + "' is not authorized to perform vschema operations");
        } else if (statement instanceof Prepare prepare) {
            prepare(prepare);
            ok.success(true);
        } else if (statement instanceof Deallocate deallocate) {
            if (session.preparedStatements.remove(key(deallocate.name())) == null) {
                throw VtError.VT09011.with(deallocate.name(), "DEALLOCATE PREPARE");
            }
            ok.success(true);
        } else {
            throw VtError.VT12001.with(statement.getClass().getSimpleName().toUpperCase(Locale.ROOT) + " statement");
        }
    }

    private void kill(Kill kill) {
        if (!gate.config().allowKillStatement()) {
            throw VtError.VT07001.with("kill");
        }
        SqlValue id = SqlLiterals.read(kill.id());
        if (id == null || !id.type().isIntegral()) {
            throw VtError.VT12001.with("KILL of " + gate.plans().print(kill.id()));
        }
        Session victim = gate.session(Long.parseUnsignedLong(id.text().replace("-", "")));
        if (victim == null) {
            throw VtException.of(Code.NOT_FOUND, State.NO_SUCH_THREAD, "Unknown thread id: " + id.text());
        }
        if (kill.query()) {
            victim.kill();
        } else {
            victim.killConnection();
        }
    }

    /** A comment alone does nothing; a text without even that is a mistake. */
    private static void requireComment(String text) {
        if (text.replace(";", "").isBlank()) {
            throw VtException.of(Code.INVALID_ARGUMENT, State.EMPTY_QUERY, "Query was empty");
        }
    }

    private void prepare(Prepare prepare) {
        SqlValue text = prepare.text() instanceof Expr.UserVariable variable
                ? session.userVariables.get(key(variable.name()))
                : SqlLiterals.read(prepare.text());
        if (text == null && prepare.text() instanceof Expr.UserVariable variable) {
            throw VtError.VT03024.with(variable.name());
        }
        if (text == null) {
            throw VtError.VT03011.with(gate.plans().print(prepare.text()));
        }
        session.preparedStatements.remove(key(prepare.name()));
        if (session.preparedStatements.size() >= MAX_PREPARED_STATEMENTS) {
            throw VtException.of(
                    Code.RESOURCE_EXHAUSTED,
                    "Can't create more than " + MAX_PREPARED_STATEMENTS
                            + " prepared statements in one session (errno 1461) (sqlstate 42000)");
        }
        session.preparedStatements.put(key(prepare.name()), gate.plans().prepare(text.text()));
    }

    /** The plan of what an EXECUTE names, with its arguments; any other plan as it is. */
    Planned expand(Planned planned) {
        if (!(planned.plan().root() instanceof Primitive.SessionCommand command)
                || !(command.statement() instanceof Execute execute)) {
            return planned;
        }
        PreparedText text = session.preparedStatements.get(key(execute.name()));
        if (text == null) {
            throw VtError.VT09011.with(execute.name(), "EXECUTE");
        }
        if (text.paramCount() != execute.arguments().size()) {
            throw VtError.VT03025.with("EXECUTE");
        }
        List<SqlValue> arguments = new ArrayList<>();
        for (Expr.UserVariable argument : execute.arguments()) {
            arguments.add(session.userVariables.getOrDefault(key(argument.name()), SqlValue.NULL));
        }
        return gate.plans().plan(text, arguments, session, planned.state());
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static Reply<Boolean> reply(Consumer<StatementResult> success, Consumer<VtException> failure) {
        return new Reply<>() {
            @Override
            public void success(Boolean value) {
                success.accept(StatementResult.OK);
            }

            @Override
            public void failure(VtException error) {
                failure.accept(error);
            }
        };
    }

    private void begin(Begin begin, Reply<Boolean> ok) {
        List<Query.ExecuteOptions.TransactionAccessMode> modes = new ArrayList<>();
        for (String characteristic : begin.characteristics()) {
            modes.add(
                    switch (characteristic) {
                        case "read only" -> Query.ExecuteOptions.TransactionAccessMode.READ_ONLY;
                        case "read write" -> Query.ExecuteOptions.TransactionAccessMode.READ_WRITE;
                        case "with consistent snapshot" ->
                            Query.ExecuteOptions.TransactionAccessMode.CONSISTENT_SNAPSHOT;
                        default -> throw VtError.VT12001.with("START TRANSACTION " + characteristic);
                    });
        }
        if (!session.transaction.isOpen()) {
            session.transaction.open(modes);
            ok.success(true);
            return;
        }
        parts.ends().commit(new Reply<>() {
            @Override
            public void success(Boolean value) {
                session.transaction.open(modes);
                ok.success(true);
            }

            @Override
            public void failure(VtException error) {
                ok.failure(error);
            }
        });
    }

    private void savepoint(Savepoint savepoint, String text, Reply<Boolean> ok) {
        Transaction transaction = session.transaction;
        String name = savepoint.name();
        boolean set = savepoint.action() == Savepoint.Action.SAVEPOINT;
        if (set && !session.autocommit && !transaction.isOpen()) {
            transaction.open(List.of());
        }
        if (!transaction.isOpen()) {
            if (set) {
                ok.success(true);
            } else {
                throw VtException.of(
                        Code.NOT_FOUND, State.SP_DOES_NOT_EXIST, "SAVEPOINT does not exist: " + text.strip());
            }
            return;
        }
        List<ShardSession> begun = transaction.begun();
        if (!set && begun.isEmpty() && !transaction.hasSavepoint(name)) {
            throw VtException.of(Code.NOT_FOUND, State.SP_DOES_NOT_EXIST, "SAVEPOINT " + name + " does not exist");
        }
        parts.ends().onEachShard(begun, SqlPrinter.print(savepoint), new Reply<>() {
            @Override
            public void success(Boolean value) {
                switch (savepoint.action()) {
                    case SAVEPOINT -> transaction.setSavepoint(name);
                    case ROLLBACK_TO -> transaction.rolledBackTo(name);
                    case RELEASE -> transaction.released(name);
                }
                ok.success(true);
            }

            @Override
            public void failure(VtException error) {
                ok.failure(error);
            }
        });
    }

    /**
     * Switches the session's target.
     *
     * @throws VtException for a text that is no target, an unknown keyspace, or a target that the open transaction forbids
     */
    void use(String text) {
        SessionTarget target = SessionTarget.parse(
                text, gate.config().defaultTabletType(), gate.states().current());
        PlanTarget now = target.plan();
        if (session.inTransaction()) {
            if (now.alias() != null) {
                throw VtException.of(Code.FAILED_PRECONDITION, "cannot set tablet target while in a transaction");
            }
            if (now.type() != TabletType.PRIMARY) {
                throw VtException.of(
                        Code.FAILED_PRECONDITION,
                        State.LOCK_OR_ACTIVE_TRANSACTION,
                        "can't execute the given command because you have an active transaction");
            }
        }
        session.target = target;
    }

    private SetRun setRun() {
        return new SetRun(gate, parts, this::evaluate);
    }

    /** The value of an expression, as a SELECT of it gives it. Blocks. */
    private SqlValue evaluate(Expr expr) {
        Planned planned = gate.plans()
                .plan(
                        "select " + gate.plans().print(expr) + " from dual",
                        session,
                        gate.states().current());
        parts.values().bind(planned.plan().sessionValues(), planned.binds());
        Router router = new Router(
                planned.state(),
                session.tabletType(),
                session.transaction.targets(),
                bound -> ThreadLocalRandom.current().nextInt(bound));
        ShardRun shards = new ShardRun(parts, Directives.NONE);
        return SetRun.only(
                new PlanRun(planned.plan(), router, shards, parts.local(), session.tabletType()).run(planned.binds()));
    }

    private void onThread(Runnable work, Reply<Boolean> ok) {
        gate.threads().execute(() -> {
            try {
                work.run();
                gate.onLoop(parts, () -> ok.success(true));
            } catch (VtException e) {
                gate.onLoop(parts, () -> ok.failure(e));
            } catch (RuntimeException | Error e) {
                VtException error = StatementRun.bug(e);
                gate.onLoop(parts, () -> ok.failure(error));
            }
        });
    }
}
