package io.vtsphere.shardingsphere.kernel.v51;

import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.sql.SQLException;
import org.apache.shardingsphere.db.protocol.mysql.packet.generic.MySQLErrPacket;
import org.apache.shardingsphere.proxy.frontend.mysql.err.MySQLErrPacketFactory;
import org.jspecify.annotations.Nullable;

/** What the host's kernel throws, as the MySQL error that a client gets. Stateless. */
final class KernelErrors {
    private static final int MAX_DEPTH = 32;

    private KernelErrors() {}

    /** MySQL's own error where there is one below, with its number, state and text; else what the host would say. */
    static VtException of(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            if (cause instanceof VtException ours) {
                return ours;
            }
            if (cause instanceof SQLException sql) {
                SQLException named = named(sql);
                if (named != null) {
                    return VtException.ofMySql(
                            Code.UNKNOWN, named.getErrorCode(), named.getSQLState(), message(named), null);
                }
            }
            cause = cause.getCause();
        }
        Exception exception = thrown instanceof Exception e ? e : new IllegalStateException(thrown);
        MySQLErrPacket packet = MySQLErrPacketFactory.newInstance(exception);
        return VtException.ofMySql(
                Code.UNKNOWN,
                packet.getErrorCode(),
                packet.getSqlState(),
                packet.getErrorMessage() == null ? exception.toString() : packet.getErrorMessage(),
                exception);
    }

    /** The first of the chain that says what it is; the kernel puts those of a commit behind an empty one. */
    private static @Nullable SQLException named(SQLException first) {
        SQLException each = first;
        for (int i = 0; each != null && i < MAX_DEPTH; i++) {
            if (each.getSQLState() != null && each.getSQLState().length() == 5 && each.getErrorCode() > 0) {
                return each;
            }
            each = each.getNextException();
        }
        return null;
    }

    private static String message(SQLException error) {
        return error.getMessage() == null ? "" : error.getMessage();
    }
}
