package io.vtsphere.executor;

import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.State;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * SET of the variables that belong to the gate's own session. Computes only; has the same single holder as the session's state.
 *
 * <p>Source of texts: {@code SysVarSetAware} in Vitess' {@code go/vt/vtgate/engine/set.go}.
 */
final class VitessVariables {
    /** The character sets in which the gate itself speaks. */
    private static final Set<String> DDL_STRATEGIES = Set.of("", "direct", "vitess", "online", "mysql");

    private static final Set<String> CHARSETS = Set.of("", "utf8", "utf8mb4", "latin1", "default");

    private static final BigDecimal MAX_SECONDS = new BigDecimal(3600);

    private final SessionState session;

    VitessVariables(SessionState session) {
        this.session = session;
    }

    /**
     * Sets a variable.
     *
     * @param value null for DEFAULT
     * @return whether an open transaction is to be committed, which turning autocommit on does
     */
    boolean set(String name, @Nullable SqlValue value) {
        switch (name) {
            case "autocommit" -> {
                boolean on = value == null || flag(name, value);
                boolean turned = on && !session.autocommit;
                session.autocommit = on;
                return turned && session.transaction.isOpen();
            }
            case "client_found_rows" -> session.clientFoundRows = value != null && flag(name, value);
            case "skip_query_plan_cache" -> session.skipQueryPlanCache = value != null && flag(name, value);
            case "enable_system_settings" -> session.systemSettings = value == null || flag(name, value);
            case "tx_read_only", "transaction_read_only" -> session.readOnly = value != null && flag(name, value);
            case "sql_select_limit" -> session.sqlSelectLimit = value == null ? 0 : number(name, value);
            case "query_timeout" -> session.queryTimeout = number(name, given(name, value));
            case "transaction_timeout" -> session.transactionTimeout = number(name, given(name, value));
            case "transaction_mode" -> session.transactionMode = transactionMode(text(name, given(name, value)));
            case "workload" ->
                session.workload = choice(Workload.class, "invalid workload: ", text(name, given(name, value)));
            case "charset", "names" -> charset(value == null ? "default" : text(name, value));
            case "ddl_strategy" -> ddlStrategy(text(name, given(name, value)));
            case "session_track_gtids" -> trackGtids(text(name, given(name, value)));
            case "read_after_write_consistency" -> consistency(value == null ? "eventual" : text(name, value));
            case "read_after_write_timeout" -> session.readAfterWriteTimeout = seconds(name, given(name, value));
            case "migration_context", "read_after_write_gtid" -> throw VtError.VT12001.with("SET " + name);
            default ->
                throw VtException.of(
                        Code.NOT_FOUND, State.UNKNOWN_SYSTEM_VARIABLE, "unknown system variable '" + name + "'");
        }
        return false;
    }

    private static SqlValue given(String name, @Nullable SqlValue value) {
        if (value == null) {
            throw VtError.VT12001.with("DEFAULT for @@" + name);
        }
        return value;
    }

    private TransactionMode transactionMode(String text) {
        TransactionMode mode = choice(TransactionMode.class, "invalid transaction_mode: ", text);
        if (mode == TransactionMode.TWOPC) {
            throw VtError.VT12001.with("transaction_mode TWOPC");
        }
        return mode;
    }

    private static <T extends Enum<T>> T choice(Class<T> type, String complaint, String text) {
        for (T constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(text)) {
                return constant;
            }
        }
        throw VtException.of(Code.INVALID_ARGUMENT, State.WRONG_VALUE_FOR_VAR, complaint + text);
    }

    /** EVENTUAL reads whatever a replica has; SESSION waits for what this session has written. */
    private void consistency(String text) {
        boolean own = text.equalsIgnoreCase("session");
        if (!own && !text.equalsIgnoreCase("eventual")) {
            throw VtException.of(
                    Code.INVALID_ARGUMENT,
                    State.WRONG_VALUE_FOR_VAR,
                    "invalid read_after_write_consistency: " + text + ", must be eventual or session");
        }
        session.ownWrites.collect(own);
    }

    private static BigDecimal seconds(String name, SqlValue value) {
        if (value.isNull() || !value.type().isNumber()) {
            throw wrongType(name, value);
        }
        BigDecimal seconds = new BigDecimal(value.text());
        if (seconds.signum() < 0 || seconds.compareTo(MAX_SECONDS) > 0) {
            throw VtException.of(
                    Code.INVALID_ARGUMENT,
                    State.WRONG_VALUE_FOR_VAR,
                    "variable '" + name + "' can't be set to the value: " + value.text() + ", must be 0 to "
                            + MAX_SECONDS);
        }
        return seconds;
    }

    private static void charset(String name) {
        if (!CHARSETS.contains(name.toLowerCase(Locale.ROOT))) {
            throw VtException.of(Code.UNIMPLEMENTED, "charset/name " + name + " is not supported");
        }
    }

    /** Those that carry a DDL out in the background are refused. */
    private void ddlStrategy(String text) {
        if (!DDL_STRATEGIES.contains(text.split(" ", 2)[0])) {
            throw VtException.of(Code.INVALID_ARGUMENT, State.WRONG_VALUE_FOR_VAR, "invalid DDL strategy: " + text);
        }
        if (!text.equals("direct")) {
            throw VtError.VT12001.with("ddl_strategy '" + text + "'");
        }
        session.otherVariables.put("ddl_strategy", text);
    }

    private void trackGtids(String text) {
        if (text.equalsIgnoreCase("own_gtid")) {
            throw VtError.VT12001.with("session_track_gtids own_gtid");
        }
        if (!text.equalsIgnoreCase("off")) {
            throw VtException.of(
                    Code.INVALID_ARGUMENT,
                    State.WRONG_VALUE_FOR_VAR,
                    "variable 'session_track_gtids' can't be set to the value of '" + text + "'");
        }
    }

    static boolean flag(String name, SqlValue value) {
        switch (value.text().toLowerCase(Locale.ROOT)) {
            case "1", "on", "true":
                return true;
            case "0", "off", "false":
                return false;
            default:
                String shown = value.type().isNumber() ? value.text() : "'" + value.text() + "'";
                throw VtException.of(
                        Code.INVALID_ARGUMENT,
                        State.WRONG_VALUE_FOR_VAR,
                        "variable '" + name + "' can't be set to the value: " + shown + " is not a boolean");
        }
    }

    private static long number(String name, SqlValue value) {
        if (!value.type().isIntegral()) {
            throw wrongType(name, value);
        }
        long number = Long.parseUnsignedLong(value.text().replace("-", ""));
        if (value.text().startsWith("-")) {
            throw VtException.of(
                    Code.INVALID_ARGUMENT,
                    State.WRONG_VALUE_FOR_VAR,
                    "variable '" + name + "' can't be set to the value: " + value.text());
        }
        // MySQL's "no limit", 18446744073709551615, does not fit the signed number on the wire; 0 means the same there.
        return Math.max(0, number);
    }

    private static String text(String name, SqlValue value) {
        if (value.isNull() || value.type().isNumber()) {
            throw wrongType(name, value);
        }
        return value.text();
    }

    private static VtException wrongType(String name, SqlValue value) {
        return VtException.of(
                Code.INVALID_ARGUMENT,
                State.WRONG_TYPE_FOR_VAR,
                "incorrect argument type to variable '" + name + "': " + value.type());
    }
}
