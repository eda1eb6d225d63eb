package io.vtsphere.shardingsphere.algorithm;

import io.vtsphere.shardingsphere.errors.HostErrors;
import io.vtsphere.sqltypes.SqlValue;
import java.math.BigInteger;

/**
 * A column of which only the vindex is known, and the vindex takes integers and strings: takes the values that are the same in either kind of
 * column, and refuses those that need {@code column-types}.
 */
enum UndeclaredColumn implements ColumnType {
    INSTANCE;

    @Override
    public SqlValue of(Object value) {
        if (value instanceof String text) {
            TextColumn.refuseLost(text);
            if (Values.isNumber(text) && !Values.isCanonicalInteger(text)) {
                throw undeclared(value, "is a number for an integer column only");
            }
            return TextColumn.TEXT.of(text);
        }
        if (value instanceof byte[] bytes) {
            return TextColumn.BINARY.of(bytes);
        }
        BigInteger number = value instanceof Number || value instanceof Boolean ? IntegerColumn.integer(value) : null;
        if (number == null) {
            throw undeclared(value, "is stored in a form that depends on the column");
        }
        if (number.signum() < 0) {
            throw undeclared(value, "is another number in an unsigned column");
        }
        return IntegerColumn.ANY.of(number);
    }

    private static RuntimeException undeclared(Object value, String why) {
        return HostErrors.unsupported(
                "sharding value " + Values.describe(value) + " " + why + ": declare the column with column-types");
    }
}
