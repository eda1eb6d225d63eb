package io.vtsphere.executor;

import io.vtsphere.sqltypes.SqlValue;
import java.util.List;

/**
 * One MySQL client's session: target, transaction, variables.
 *
 * <p>Not thread-safe: every method except {@link #kill} is called on the session's event loop, and a command only after the handler of
 * the one before has got its end. A handler may be called before the method that took it returns. No method blocks, and none throws for
 * a reason that lies in the statement: that is the handler's {@code fail}.
 */
public interface GateSession {
    /** Runs one statement; a text with several is split before. */
    void query(String sql, ResultHandler handler);

    /** Plans one statement with {@code ?} markers. */
    void prepare(String sql, PrepareHandler handler);

    /** Runs a statement that this session prepared; {@code params} has {@link PreparedPlan#paramCount} values. */
    void execute(PreparedPlan plan, List<SqlValue> params, ResultHandler handler);

    /** Switches to a target such as {@code customer:-80@replica}, as the command COM_INIT_DB and the database of a handshake do. */
    void initDb(String target, ResultHandler handler);

    /** What COM_RESET_CONNECTION resets: rolls back, releases reserved connections. */
    void reset(ResultHandler handler);

    /** MySQL's server status: IN_TRANS, AUTOCOMMIT. */
    int statusFlags();

    /** Number of warnings of the last statement. */
    int warningCount();

    /** The current target as the client wrote it; empty for none. */
    String targetString();

    /** Ends the running command with an error as soon as possible; may be called from any thread. */
    void kill();

    /** Names what closes the client's connection when another session kills this one. */
    default void onKilled(Runnable hangUp) {}

    /** The client is gone: stops what runs (its handler hears no more) and rolls back everything. Idempotent. */
    void close();
}
