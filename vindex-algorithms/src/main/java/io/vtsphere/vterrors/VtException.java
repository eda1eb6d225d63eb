package io.vtsphere.vterrors;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An error on its way to a client: a Vitess code, a text, and through them a MySQL errno and SQLState.
 *
 * <p>Immutable and thread-safe. Carries no stack trace unless it has a cause: it is an answer, not a crash. The mapping to MySQL follows
 * Vitess' {@code go/mysql/sqlerror}: the state if there is one, else the first {@code (errno N) (sqlstate S)} in the text, else the code.
 */
public final class VtException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Pattern ERRNO = Pattern.compile("\\(errno ([0-9]*)\\) \\(sqlstate ([0-9a-zA-Z]{5})\\)");
    private static final Pattern TOO_LARGE =
            Pattern.compile("grpc: (received|trying to send) message larger than max \\(\\d+ vs. \\d+\\)");

    private final Code code;
    private final State state;
    private final int errno;
    private final String sqlState;

    private VtException(Code code, State state, String message, @Nullable Throwable cause) {
        super(message, cause, false, cause != null);
        this.code = code;
        this.state = state;
        int number = state.errno();
        String stateText = state.sqlState();
        if (stateText == null) {
            Matcher matcher = ERRNO.matcher(message);
            if (matcher.find()) {
                number = parseErrno(matcher.group(1));
                stateText = number < 0 ? "HY000" : matcher.group(2);
                number = number < 0 ? 1105 : number;
            } else {
                number = errnoOf(code, message);
                stateText = sqlStateOf(number);
            }
        }
        this.errno = number;
        this.sqlState = stateText;
    }

    public static VtException of(Code code, String message) {
        return new VtException(code, State.UNDEFINED, message, null);
    }

    public static VtException of(Code code, State state, String message) {
        return new VtException(code, state, message, null);
    }

    public static VtException of(Code code, String message, Throwable cause) {
        return new VtException(code, State.UNDEFINED, message, cause);
    }

    /**
     * An error as a MySQL named it, with its text alone.
     *
     * @param errno 1 to 65535
     * @param sqlState five characters
     */
    public static VtException ofMySql(
            Code code, int errno, String sqlState, String message, @Nullable Throwable cause) {
        return new VtException(code, State.UNDEFINED, errno, sqlState, message, cause);
    }

    private VtException(Code code, State state, int errno, String sqlState, String message, @Nullable Throwable cause) {
        super(message, cause, false, cause != null);
        this.code = code;
        this.state = state;
        this.errno = errno;
        this.sqlState = sqlState;
    }

    /** The same error with a text before its own, as Vitess' {@code vterrors.Wrapf}: {@code prefix + message}. */
    public VtException withPrefix(String prefix) {
        return new VtException(code, state, prefix + getMessage(), getCause());
    }

    public Code code() {
        return code;
    }

    public State state() {
        return state;
    }

    /** The MySQL error number, 1 to 65535. */
    public int errno() {
        return errno;
    }

    /** The SQLState, five characters. */
    public String sqlState() {
        return sqlState;
    }

    /** The text; never null. */
    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? "" : message;
    }

    private static int parseErrno(String digits) {
        if (digits.isEmpty() || digits.length() > 5) {
            return -1;
        }
        int value = Integer.parseInt(digits);
        return value == 0 || value > 0xFFFF ? -1 : value;
    }

    private static int errnoOf(Code code, String message) {
        switch (code) {
            case CANCELED:
            case DEADLINE_EXCEEDED:
            case ABORTED:
                return 1317;
            case PERMISSION_DENIED:
            case UNAUTHENTICATED:
                return 1045;
            case RESOURCE_EXHAUSTED:
                if (TOO_LARGE.matcher(message).find()) {
                    return 1153;
                }
                return message.contains("Transaction throttled") ? 1041 : 1203;
            case UNIMPLEMENTED:
                return 1235;
            case INTERNAL:
                return 1815;
            default:
                return 1105;
        }
    }

    private static String sqlStateOf(int errno) {
        switch (errno) {
            case 1317:
                return "70100";
            case 1045:
                return "28000";
            case 1153:
            case 1203:
            case 1235:
                return "42000";
            default:
                return "HY000";
        }
    }
}
