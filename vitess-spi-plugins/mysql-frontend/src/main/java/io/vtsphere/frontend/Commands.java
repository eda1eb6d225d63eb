package io.vtsphere.frontend;

import io.netty.buffer.ByteBuf;
import io.vtsphere.executor.GateSession;
import io.vtsphere.mysql.Capabilities;
import io.vtsphere.mysql.Command;
import io.vtsphere.mysql.OkPacket;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.State;
import io.vtsphere.vterrors.VtException;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What each command of one connection does, on its event loop. A command that is started ends with one {@code answered}, {@code silent}
 * or {@code hangUp} of the connection, or with an exception out of {@link #start}.
 *
 * <p>Source: MySQL, <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_command_phase.html">Command Phase</a>.
 */
final class Commands {
    private static final int MULTI_STATEMENTS_ON = 0;
    private static final int MULTI_STATEMENTS_OFF = 1;

    private final MySqlFrontend frontend;
    private final GateSession session;
    private final CommandHandler connection;
    private final Charset charset;
    private final PreparedStatements prepared;
    /** Statements of the text that is being run, which have not been started. */
    private final Deque<String> statements = new ArrayDeque<>();

    private boolean multiStatements;
    /** Start of the query that runs; 0 while none does. */
    private long queryStart;

    private @Nullable Answer answer;

    Commands(
            MySqlFrontend frontend, GateSession session, CommandHandler connection, int capabilities, Charset charset) {
        this.frontend = frontend;
        this.session = session;
        this.connection = connection;
        this.charset = charset;
        this.prepared = new PreparedStatements(charset);
        this.multiStatements = (capabilities & Capabilities.MULTI_STATEMENTS) != 0;
    }

    /** Runs the command in the payload. */
    void start(ByteBuf payload) {
        int command = payload.readUnsignedByte();
        switch (command) {
            case Command.QUERY -> query(StatementText.read(payload, charset));
            case Command.STMT_EXECUTE -> execute(payload);
            case Command.STMT_PREPARE -> prepare(StatementText.read(payload, charset));
            case Command.STMT_SEND_LONG_DATA -> longData(payload);
            case Command.STMT_CLOSE -> {
                prepared.remove(payload.readIntLE());
                connection.silent();
            }
            case Command.STMT_RESET -> {
                prepared.get(payload.readIntLE()).reset();
                ok();
            }
            case Command.INIT_DB -> session.initDb(text(payload), writer(false));
            case Command.PING -> ok();
            case Command.QUIT -> connection.hangUp();
            case Command.SET_OPTION -> setOption(payload.readUnsignedShortLE());
            case Command.RESET_CONNECTION -> {
                prepared.clear();
                session.reset(writer(false));
            }
            default ->
                throw VtException.of(
                        Code.UNIMPLEMENTED,
                        State.UNKNOWN_COM_ERROR,
                        "command handling not implemented yet: " + command);
        }
    }

    private String text(ByteBuf payload) {
        return StatementText.read(payload, charset);
    }

    private ResultWriter writer(boolean binary) {
        ResultWriter next = new ResultWriter(connection, binary, !statements.isEmpty());
        answer = next;
        return next;
    }

    private void ok() {
        connection.out().ok(OkPacket.HEADER, 0, 0, session.statusFlags(), 0, "");
        connection.answered(true);
    }

    private void query(String sql) {
        queryStart = System.nanoTime();
        if (sql.indexOf(';') >= 0) {
            statements.addAll(frontend.splitter().split(sql));
            if (!multiStatements && statements.size() > 1) {
                statements.clear();
                throw VtException.of(Code.INVALID_ARGUMENT, State.SYNTAX_ERROR, "Expected a single statement");
            }
            if (statements.isEmpty()) {
                throw VtException.of(Code.INVALID_ARGUMENT, State.EMPTY_QUERY, "Query was empty");
            }
            nextStatement();
            return;
        }
        session.query(sql, writer(false));
    }

    /** Whether a part of the text with several statements is left. */
    boolean moreStatements() {
        return !statements.isEmpty();
    }

    void nextStatement() {
        session.query(statements.remove(), writer(false));
    }

    private void prepare(String sql) {
        PrepareWriter next = new PrepareWriter(connection, prepared);
        answer = next;
        session.prepare(sql, next);
    }

    private void execute(ByteBuf payload) {
        queryStart = System.nanoTime();
        PreparedStatements.Prepared statement = prepared.get(payload.readIntLE());
        payload.skipBytes(5);
        List<SqlValue> parameters = statement.parameters(payload);
        session.execute(statement.plan, parameters, writer(true));
    }

    /** Has no answer: a statement that does not exist is reported by its execution. */
    private void longData(ByteBuf payload) {
        PreparedStatements.Prepared statement = prepared.find(payload.readIntLE());
        int parameter = payload.readUnsignedShortLE();
        if (statement != null) {
            statement.addLongData(parameter, payload, frontend.config().maxAllowedPacket());
        }
        connection.silent();
    }

    private void setOption(int option) {
        if (option != MULTI_STATEMENTS_ON && option != MULTI_STATEMENTS_OFF) {
            throw VtException.of(Code.INVALID_ARGUMENT, State.UNKNOWN_COM_ERROR, "Unknown command: option " + option);
        }
        multiStatements = option == MULTI_STATEMENTS_ON;
        PacketWriter out = connection.out();
        if (out.deprecateEof()) {
            out.ok(OkPacket.END_OF_ROWS_HEADER, 0, 0, session.statusFlags(), 0, "");
        } else {
            out.eof(0, session.statusFlags());
        }
        connection.answered(true);
    }

    /** The command is answered with an error of our own: what its session still says to it counts no more. */
    void abandon() {
        statements.clear();
        if (answer != null) {
            answer.abandon();
            answer = null;
        }
    }

    /** The answer of a statement is complete: an error ends the rest of the text. */
    void answered(boolean success) {
        if (!success) {
            statements.clear();
        }
        if (queryStart != 0 && statements.isEmpty()) {
            frontend.metrics().query.record(System.nanoTime() - queryStart, TimeUnit.NANOSECONDS);
            queryStart = 0;
        }
    }
}
