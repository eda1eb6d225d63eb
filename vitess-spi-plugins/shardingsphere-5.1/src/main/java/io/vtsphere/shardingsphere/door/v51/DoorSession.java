package io.vtsphere.shardingsphere.door.v51;

import io.vtsphere.executor.GateSession;
import io.vtsphere.executor.PrepareHandler;
import io.vtsphere.executor.PreparedPlan;
import io.vtsphere.executor.ResultEnd;
import io.vtsphere.executor.ResultHandler;
import io.vtsphere.mysql.StatusFlags;
import io.vtsphere.shardingsphere.kernel.v51.KernelClient;
import io.vtsphere.sql.Lexer;
import io.vtsphere.sql.SqlModes;
import io.vtsphere.sql.SqlParser;
import io.vtsphere.sql.Token;
import io.vtsphere.sql.ast.Statement;
import io.vtsphere.sql.ast.Use;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A session over keyspaces and over the host's databases: the gate's session, and beside it the kernel's.
 *
 * <p>What is current decides, see {@link StatementSide}. A transaction lives on one side; while it is open, a statement for the other is
 * refused. Autocommit is the session's: it is carried over when the side changes. Variables are not.
 */
final class DoorSession implements GateSession {
    /** What ends or marks a transaction goes where it is open. */
    private static final Set<String> TRANSACTIONAL =
            Set.of("begin", "start", "commit", "rollback", "savepoint", "release", "set");

    private final GateSession gate;
    private final KernelClient kernel;
    private final HostDatabases databases;

    /** The host's database that is current; null for the gate's target. */
    private @Nullable String current;

    /** The one that the kernel's last statement was for. */
    private @Nullable String last;

    /** Whether the last statement was the kernel's. */
    private boolean onKernel;

    DoorSession(GateSession gate, KernelClient kernel, HostDatabases databases) {
        this.gate = gate;
        this.kernel = kernel;
        this.databases = databases;
    }

    @Override
    public void query(String sql, ResultHandler handler) {
        try {
            String word = firstWord(sql);
            if (word.equals("use")) {
                use(sql, handler);
                return;
            }
            if (word.equals("show") && current == null) {
                gate.query(sql, ShownDatabases.isAsked(sql) ? new ShownDatabases(handler, databases) : handler);
                return;
            }
            StatementSide side = TRANSACTIONAL.contains(word)
                    ? new StatementSide(ofTransaction())
                    : StatementSide.of(sql, current, databases);
            if (side.database() == null) {
                onGate(() -> gate.query(sql, handler), handler);
            } else {
                onKernel(side.database(), sql, List.of(), handler);
            }
        } catch (VtException e) {
            handler.fail(e);
        }
    }

    private @Nullable String ofTransaction() {
        if (kernel.inTransaction()) {
            return last;
        }
        return (gate.statusFlags() & StatusFlags.IN_TRANS) != 0 ? null : current;
    }

    private void use(String sql, ResultHandler handler) {
        Statement statement = SqlParser.parse(sql);
        if (statement instanceof Use use && use.target() != null) {
            initDb(use.target(), handler);
        } else {
            gate.query(sql, handler);
        }
    }

    @Override
    public void initDb(String target, ResultHandler handler) {
        if (!databases.contains(target)) {
            gate.initDb(target, new Forwarding(handler) {
                @Override
                public void end(ResultEnd end) {
                    current = null;
                    super.end(end);
                }
            });
            return;
        }
        // the host says whether the user may
        onKernel(target, "USE `" + target.replace("`", "``") + "`", List.of(), new Forwarding(handler) {
            @Override
            public void end(ResultEnd end) {
                current = target;
                super.end(end);
            }
        });
    }

    @Override
    public void prepare(String sql, PrepareHandler handler) {
        StatementSide side;
        try {
            side = StatementSide.of(sql, current, databases);
        } catch (VtException e) {
            handler.fail(e);
            return;
        }
        String database = side.database();
        if (database == null) {
            gate.prepare(sql, handler);
            return;
        }
        kernel.prepare(sql, new KernelClient.Outcome<>() {
            @Override
            public void success(Integer count) {
                handler.prepared(new KernelPlan(database, sql, count));
            }

            @Override
            public void failure(VtException error) {
                handler.fail(error);
            }
        });
    }

    @Override
    public void execute(PreparedPlan plan, List<SqlValue> params, ResultHandler handler) {
        try {
            if (plan instanceof KernelPlan host) {
                onKernel(host.database(), host.sql(), params, handler);
            } else {
                onGate(() -> gate.execute(plan, params, handler), handler);
            }
        } catch (VtException e) {
            handler.fail(e);
        }
    }

    private void onKernel(String database, String sql, List<SqlValue> values, ResultHandler handler) {
        if ((gate.statusFlags() & StatusFlags.IN_TRANS) != 0) {
            throw VtError.VT12001.with("database " + database + " in a transaction over keyspaces");
        }
        boolean autocommit = (gate.statusFlags() & StatusFlags.AUTOCOMMIT) != 0;
        boolean arrives = !onKernel;
        onKernel = true;
        last = database;
        kernel.run(database, sql, values, arrives ? autocommit : null, handler);
    }

    private void onGate(Runnable command, ResultHandler handler) {
        if (!onKernel) {
            command.run();
            return;
        }
        if (kernel.inTransaction()) {
            throw VtError.VT12001.with("keyspaces in a transaction over a database of the host");
        }
        boolean wanted = (kernel.statusFlags() & StatusFlags.AUTOCOMMIT) != 0;
        onKernel = false;
        if (wanted == ((gate.statusFlags() & StatusFlags.AUTOCOMMIT) != 0)) {
            command.run();
            return;
        }
        gate.query("set autocommit = " + (wanted ? 1 : 0), new Forwarding(handler) {
            @Override
            public void end(ResultEnd end) {
                command.run();
            }
        });
    }

    @Override
    public void reset(ResultHandler handler) {
        onKernel = current != null;
        kernel.reset(new KernelClient.Outcome<>() {
            @Override
            public void success(Boolean done) {
                gate.reset(handler);
            }

            @Override
            public void failure(VtException error) {
                handler.fail(error);
            }
        });
    }

    @Override
    public int statusFlags() {
        return onKernel ? kernel.statusFlags() : gate.statusFlags();
    }

    @Override
    public int warningCount() {
        return onKernel ? 0 : gate.warningCount();
    }

    @Override
    public String targetString() {
        return current == null ? gate.targetString() : current;
    }

    /** Of the gate's statement; one in the host's kernel cannot be ended. */
    @Override
    public void kill() {
        gate.kill();
    }

    @Override
    public void onKilled(Runnable hangUp) {
        gate.onKilled(hangUp);
    }

    @Override
    public void close() {
        kernel.close();
        gate.close();
    }

    private static String firstWord(String sql) {
        Lexer lexer = new Lexer(sql, 0, sql.length(), SqlModes.DEFAULT);
        return lexer.next() == Token.WORD ? lexer.word() : "";
    }
}
