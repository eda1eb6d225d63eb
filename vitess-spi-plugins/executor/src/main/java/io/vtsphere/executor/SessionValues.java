package io.vtsphere.executor;

import io.vtsphere.planner.SessionValue;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.VtError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The values of a plan that only the session knows. Computes only; has the same single holder as the session's state.
 *
 * <p>Source: {@code addNeededBindVars} in Vitess' {@code go/vt/vtgate/executor.go}.
 */
final class SessionValues {
    private final SessionState session;
    private final GateConfig config;

    SessionValues(SessionState session, GateConfig config) {
        this.session = session;
        this.config = config;
    }

    void bind(List<SessionValue> values, Binds binds) {
        for (int i = 0; i < values.size(); i++) {
            SessionValue value = values.get(i);
            binds.set(value.bindName(), of(value));
        }
    }

    private SqlValue of(SessionValue value) {
        return switch (value.kind()) {
            case DATABASE ->
                session.database() == null
                        ? SqlValue.NULL
                        : SqlValue.varchar(Objects.requireNonNull(session.database()));
            case LAST_INSERT_ID -> SqlValue.uint64(session.lastInsertId);
            case FOUND_ROWS -> SqlValue.int64(session.foundRows);
            case ROW_COUNT -> SqlValue.int64(session.rowCount);
            case USER_VARIABLE -> session.userVariables.getOrDefault(name(value), SqlValue.NULL);
            case SYSTEM_VARIABLE -> systemVariable(name(value));
        };
    }

    private static String name(SessionValue value) {
        return Objects.requireNonNull(value.name(), () -> "a session value without a name: " + value);
    }

    /** @throws io.vtsphere.vterrors.VtException VT05006 for a variable that the gate does not keep */
    SqlValue systemVariable(String name) {
        SqlValue setting = session.setting(name);
        if (setting != null) {
            return setting;
        }
        return switch (name) {
            case "tx_read_only", "transaction_read_only" -> flag(session.readOnly);
            case "autocommit" -> flag(session.autocommit);
            case "client_found_rows" -> flag(session.clientFoundRows);
            case "skip_query_plan_cache" -> flag(session.skipQueryPlanCache);
            case "enable_system_settings" -> flag(session.systemSettings);
            case "sql_select_limit" -> SqlValue.int64(session.sqlSelectLimit);
            case "query_timeout" -> SqlValue.int64(session.queryTimeout);
            case "transaction_timeout" -> SqlValue.int64(session.transactionTimeout);
            case "transaction_mode" ->
                SqlValue.varchar((session.transactionMode == TransactionMode.UNSPECIFIED
                                ? config.transactionMode()
                                : session.transactionMode)
                        .name());
            case "workload" -> SqlValue.varchar(session.workload.name());
            case "session_uuid" -> SqlValue.varchar(session.uuid);
            case "pseudo_thread_id" -> SqlValue.uint64(session.params.connectionId());
            case "user" -> SqlValue.varchar(session.params.user() + "@" + host(session.params.remoteAddress()));
            case "socket", "read_after_write_gtid" -> SqlValue.varchar("");
            case "read_after_write_consistency" ->
                SqlValue.varchar(session.ownWrites.isCollecting() ? "SESSION" : "EVENTUAL");
            case "read_after_write_timeout" ->
                SqlValue.of(
                        SqlType.DECIMAL,
                        session.readAfterWriteTimeout.toPlainString().getBytes(StandardCharsets.UTF_8));
            case "version" -> SqlValue.varchar(config.mysqlServerVersion());
            case "version_comment" -> SqlValue.varchar("VTSphere");
            case "ddl_strategy" -> SqlValue.varchar(session.otherVariables.getOrDefault(name, "direct"));
            case "session_track_gtids" -> SqlValue.varchar(session.otherVariables.getOrDefault(name, "off"));
            case "migration_context" -> SqlValue.varchar(session.otherVariables.getOrDefault(name, ""));
            default -> throw VtError.VT05006.with("@@" + name.toLowerCase(Locale.ROOT));
        };
    }

    private static String host(String address) {
        int colon = address.lastIndexOf(':');
        return colon < 0 ? address : address.substring(0, colon);
    }

    private static SqlValue flag(boolean value) {
        return SqlValue.int64(value ? 1 : 0);
    }
}
