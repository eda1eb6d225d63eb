package io.vtsphere.tablet.mysql;

/**
 * An error that MySQL answered, or that a MySQL client library would raise for it (2002 to 2013).
 *
 * <p>Immutable; carries no stack trace because it is an answer, not a crash.
 */
public final class MysqlException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Client errors; source: MySQL's {@code errmsg.h}. */
    public static final int CONNECT_FAILED = 2003;

    public static final int SERVER_GONE = 2006;
    public static final int SERVER_LOST = 2013;

    private final int errno;
    private final String sqlState;
    private final String text;

    public MysqlException(int errno, String sqlState, String text) {
        super(text + " (errno " + errno + ") (sqlstate " + sqlState + ")", null, false, false);
        this.errno = errno;
        this.sqlState = sqlState;
        this.text = text;
    }

    public int errno() {
        return errno;
    }

    public String sqlState() {
        return sqlState;
    }

    /** MySQL's own text, without the number. */
    public String text() {
        return text;
    }

    /** Whether the connection itself failed: it cannot be used any more. */
    public boolean connectionFailed() {
        return errno >= 2000 && errno < 3000;
    }
}
