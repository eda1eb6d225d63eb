package io.vtsphere.executor;

import io.vtsphere.planner.PlanSettings;
import io.vtsphere.planner.PlanTarget;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.topo.TabletType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything a session remembers between statements.
 *
 * <p>Not thread-safe: it has one holder at a time. That is the session's event loop, except while a session thread works on a statement;
 * and that thread gives it back for as long as it waits for a tablet. The hand-over (a task queued on the loop, a result awaited) orders
 * all reads and writes.
 */
final class SessionState {
    static final int STATUS_IN_TRANS = 1;
    static final int STATUS_AUTOCOMMIT = 2;

    private static final int MAX_WARNINGS = 65_535;

    final SessionParams params;
    private final GateConfig config;
    final String uuid = UUID.randomUUID().toString();
    final Transaction transaction = new Transaction();

    final OwnWrites ownWrites = new OwnWrites();

    /** Seconds that a read on a replica waits for this session's writes; not negative. */
    BigDecimal readAfterWriteTimeout;

    SessionTarget target;
    boolean autocommit;
    TransactionMode transactionMode;
    Workload workload;
    boolean clientFoundRows;
    boolean skipQueryPlanCache;
    boolean systemSettings;
    long sqlSelectLimit;
    /** When the statement that runs began, as {@link System#nanoTime} says it. */
    long statementStart;
    /** Milliseconds; 0 for none. */
    long queryTimeout;
    /** Milliseconds; 0 for none. */
    long transactionTimeout;

    /** Further variables that the gate keeps without acting on them, in lower case, with their text. */
    final Map<String, String> otherVariables = new HashMap<>();

    /** Settings of MySQL that the session has changed, by name in lower case. Sorted, as they are sent. */
    private final Map<String, SqlValue> settings = new TreeMap<>();

    private PlanSettings planSettings;

    /** Whether one of the settings needs a connection of the session's own. */
    boolean needsReserved;

    /** Whether the session's transactions may only read. */
    boolean readOnly;

    final Map<String, SqlValue> userVariables = new HashMap<>();

    /** Statements of SQL's own PREPARE, by name in lower case. */
    final Map<String, PreparedText> preparedStatements = new HashMap<>();

    long lastInsertId;
    long foundRows;
    long rowCount;
    private final List<SessionWarning> warnings = new ArrayList<>();

    SessionState(SessionParams params, GateConfig config) {
        this.params = params;
        this.config = config;
        this.target = SessionTarget.none(config.defaultTabletType());
        reset();
    }

    /**
     * Forgets what the client has set, as MySQL does at COM_RESET_CONNECTION: everything but its log-in and the target. The transaction and the
     * connections of tablets are given back before.
     */
    final void reset() {
        autocommit = true;
        transactionMode = TransactionMode.UNSPECIFIED;
        workload = config.defaultWorkload();
        clientFoundRows = params.foundRows();
        skipQueryPlanCache = false;
        systemSettings = config.enableSystemSettings();
        sqlSelectLimit = 0;
        queryTimeout = 0;
        transactionTimeout = 0;
        readAfterWriteTimeout = BigDecimal.ONE;
        ownWrites.collect(false);
        otherVariables.clear();
        settings.clear();
        planSettings = PlanSettings.NONE;
        needsReserved = false;
        readOnly = false;
        userVariables.clear();
        preparedStatements.clear();
        lastInsertId = 0;
        foundRows = 0;
        rowCount = 0;
        warnings.clear();
    }

    PlanTarget planTarget() {
        return target.plan();
    }

    TabletType tabletType() {
        return target.plan().type();
    }

    /** Whether the client is in a transaction, its own or the one that autocommit=0 opened. */
    boolean inTransaction() {
        return transaction.isOpen() && !transaction.isImplied();
    }

    int statusFlags() {
        return (inTransaction() ? STATUS_IN_TRANS : 0) | (autocommit ? STATUS_AUTOCOMMIT : 0);
    }

    List<SessionWarning> warnings() {
        return warnings;
    }

    void warn(int code, String message) {
        if (warnings.size() < MAX_WARNINGS) {
            warnings.add(new SessionWarning(code, message));
        }
    }

    /** The {@code set} statements that make a connection the session's own. */
    List<String> settingStatements() {
        List<String> statements = new ArrayList<>(settings.size());
        settings.forEach((name, value) -> statements.add("set " + name + " = " + SqlLiterals.print(value)));
        return statements;
    }

    /** What planning must know of the session's settings. */
    PlanSettings planSettings() {
        return planSettings;
    }

    /** The value that the session has given a setting of MySQL; null for none. */
    @Nullable
    SqlValue setting(String name) {
        return settings.get(name);
    }

    /** @param reserved whether it needs a connection of the session's own */
    void setSetting(String name, SqlValue value, boolean reserved) {
        settings.put(name, value);
        needsReserved |= reserved;
        settingsChanged();
    }

    /** Settings go to connections of the session's own from now on, if there are any. */
    void reserveForSettings() {
        if (!settings.isEmpty() && !needsReserved) {
            needsReserved = true;
            settingsChanged();
        }
    }

    void removeSetting(String name) {
        settings.remove(name);
        settingsChanged();
    }

    private void settingsChanged() {
        StringBuilder hint = new StringBuilder();
        if (!needsReserved) {
            settings.forEach((name, value) -> hint.append(hint.isEmpty() ? "" : " ")
                    .append("SET_VAR(")
                    .append(name)
                    .append(" = ")
                    .append(hintValue(value))
                    .append(')'));
        }
        planSettings = new PlanSettings(settings.keySet(), hint.toString());
    }

    /** MySQL reads an empty string in a hint as nothing at all; a blank has the same effect as a value. */
    private static String hintValue(SqlValue value) {
        return value.bytes().length == 0 ? "' '" : SqlLiterals.print(value);
    }

    /** The target string as DATABASE() gives it; null for none. */
    @Nullable
    String database() {
        return target.text().isEmpty() ? null : target.text();
    }
}
