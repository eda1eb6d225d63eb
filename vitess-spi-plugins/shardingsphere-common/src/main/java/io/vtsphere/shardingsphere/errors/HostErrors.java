package io.vtsphere.shardingsphere.errors;

import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.sql.SQLException;

/**
 * How an error reaches the client of a host: its kernel gives on code and state of an {@link SQLException} only, whatever the signature of
 * the SPI says, and hides those of any other exception.
 */
public final class HostErrors {
    private HostErrors() {}

    /** A value or shape that would not reach exactly the right shard. Always throws; returns for {@code throw} statements. */
    public static RuntimeException unsupported(String what) {
        throw asSqlException(VtError.VT12001.with(what));
    }

    /** The same error for the client of a host. Always throws; returns for {@code throw} statements. */
    public static RuntimeException asSqlException(VtException e) {
        throw unchecked(new SQLException(e.getMessage(), e.sqlState(), e.errno(), e));
    }

    /** The exception as it is, unchecked. Always throws; returns for {@code throw} statements. */
    public static RuntimeException unchecked(SQLException e) {
        throw HostErrors.<RuntimeException>sneaky(e);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> RuntimeException sneaky(SQLException e) throws E {
        throw (E) e;
    }
}
