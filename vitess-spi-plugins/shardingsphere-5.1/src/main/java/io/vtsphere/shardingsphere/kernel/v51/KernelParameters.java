package io.vtsphere.shardingsphere.kernel.v51;

import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client's parameters as the kernel takes them: an unsigned number stays what it is, bytes stay bytes, and dates stay texts. Stateless. */
final class KernelParameters {
    private KernelParameters() {}

    static List<@Nullable Object> of(List<SqlValue> values) {
        List<@Nullable Object> parameters = new ArrayList<>(values.size());
        for (SqlValue value : values) {
            parameters.add(of(value));
        }
        return parameters;
    }

    private static @Nullable Object of(SqlValue value) {
        SqlType type = value.type();
        if (value.isNull()) {
            return null;
        }
        if (type.isIntegral()) {
            BigInteger number = new BigInteger(value.text());
            // a driver sends a BigInteger as a signed number
            return number.bitLength() < Long.SIZE ? (Object) number.longValue() : new BigDecimal(number);
        }
        if (type == SqlType.FLOAT32 || type == SqlType.FLOAT64) {
            return Double.valueOf(value.text());
        }
        if (type == SqlType.DECIMAL) {
            return new BigDecimal(value.text());
        }
        return type == SqlType.VARBINARY || type == SqlType.BLOB || type == SqlType.BINARY
                ? value.bytes()
                : value.text();
    }
}
