package io.vtsphere.executor;

import io.vtsphere.planner.Primitive;
import io.vtsphere.planner.RouteValue;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.State;
import io.vtsphere.vterrors.VtException;
import java.math.BigInteger;

/**
 * Which of its input's rows a LIMIT lets pass.
 *
 * @param from rows that are left out first
 * @param to rows after which nothing passes; both at most 2^64 - 1
 */
record RowWindow(BigInteger from, BigInteger to) {
    private static final BigInteger MAX_UINT64 = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    /** @throws VtException when a number is none, or is negative */
    static RowWindow of(Primitive.Limit limit, Binds binds) {
        BigInteger count = limit.count() == null ? MAX_UINT64 : rowNumber(limit.count(), binds);
        BigInteger offset = limit.offset() == null ? BigInteger.ZERO : rowNumber(limit.offset(), binds);
        return new RowWindow(offset, count.add(offset).min(MAX_UINT64));
    }

    private static BigInteger rowNumber(RouteValue value, Binds binds) {
        SqlValue number = binds.value(value);
        if (number.isNull() || !number.type().isIntegral()) {
            throw VtException.of(
                    Code.INVALID_ARGUMENT, State.WRONG_ARGUMENTS, "Incorrect arguments to LIMIT: " + number);
        }
        BigInteger parsed = new BigInteger(number.text());
        if (parsed.signum() < 0) {
            throw VtException.of(Code.INVALID_ARGUMENT, "requested limit is out of range: " + parsed);
        }
        return parsed;
    }

    /** The bind variables of the queries below. */
    Binds below(Binds binds) {
        return binds.copy().set(Primitive.Limit.UPPER_LIMIT, SqlValue.uint64(to.longValue()));
    }

    /** The first of so many rows that passes, or their number when none does. */
    long first(long rows) {
        return from.min(BigInteger.valueOf(rows)).longValue();
    }

    /** The one behind the last of so many rows that passes. */
    long last(long rows) {
        return to.min(BigInteger.valueOf(rows)).longValue();
    }
}
