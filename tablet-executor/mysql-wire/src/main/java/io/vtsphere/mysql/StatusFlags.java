package io.vtsphere.mysql;

/**
 * Server status flags of OK and EOF packets.
 *
 * <p>Source: MySQL, <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/mysql__com_8h.html">mysql_com.h, SERVER_STATUS_flags_enum</a>.
 */
public final class StatusFlags {
    public static final int IN_TRANS = 1;
    public static final int AUTOCOMMIT = 2;
    public static final int MORE_RESULTS_EXISTS = 8;
    public static final int NO_GOOD_INDEX_USED = 0x10;
    public static final int NO_INDEX_USED = 0x20;
    public static final int CURSOR_EXISTS = 0x40;
    public static final int LAST_ROW_SENT = 0x80;
    public static final int NO_BACKSLASH_ESCAPES = 0x200;
    public static final int SESSION_STATE_CHANGED = 0x4000;

    private StatusFlags() {}
}
