package io.vtsphere.shardingsphere.algorithm;

import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.sql.SQLException;

/**
 * How an error reaches the client of a host: its kernel gives on code and state of an {@link SQLException} only, whatever the signature of
 * the SPI says, and hides those of any other exception.
 */
final class Refusals {
    private Refusals() {}

    /** A value or shape that would not reach exactly the right shard. Always throws; returns for {@code throw} statements. */
    static RuntimeException unsupported(String what) {
        throw asSqlException(VtError.VT12001.with(what));
    }

    /** The same error for the client of a host. Always throws; returns for {@code throw} statements. */
    static RuntimeException asSqlException(VtException e) {
        return Refusals.<RuntimeException>unchecked(new SQLException(e.getMessage(), e.sqlState(), e.errno(), e));
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> RuntimeException unchecked(SQLException e) throws E {
        throw (E) e;
    }
}
