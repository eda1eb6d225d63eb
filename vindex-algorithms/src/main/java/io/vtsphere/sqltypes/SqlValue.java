package io.vtsphere.sqltypes;

import io.vtsphere.text.GoText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One SQL value as Vitess carries it: a type and the bytes of MySQL's text form.
 *
 * <p>SQL NULL is the one value {@link #NULL}: type {@link SqlType#NULL_TYPE}, no bytes. The byte array is handed over, not copied:
 * neither side may change it afterwards. Immutable under that rule, and thread-safe.
 */
public final class SqlValue {
    /** SQL NULL. */
    public static final SqlValue NULL = new SqlValue(SqlType.NULL_TYPE, new byte[0]);

    private final SqlType type;
    private final byte[] bytes;

    private SqlValue(SqlType type, byte[] bytes) {
        this.type = type;
        this.bytes = bytes;
    }

    /** A value of that type; a {@link SqlType#NULL_TYPE} gives {@link #NULL} whatever the bytes are. */
    public static SqlValue of(SqlType type, byte[] bytes) {
        return type == SqlType.NULL_TYPE ? NULL : new SqlValue(type, bytes);
    }

    public static SqlValue int64(long value) {
        return new SqlValue(SqlType.INT64, Long.toString(value).getBytes(StandardCharsets.US_ASCII));
    }

    public static SqlValue uint64(long unsignedValue) {
        return new SqlValue(SqlType.UINT64, Long.toUnsignedString(unsignedValue).getBytes(StandardCharsets.US_ASCII));
    }

    public static SqlValue varchar(String value) {
        return new SqlValue(SqlType.VARCHAR, value.getBytes(StandardCharsets.UTF_8));
    }

    public static SqlValue varbinary(byte[] value) {
        return new SqlValue(SqlType.VARBINARY, value);
    }

    public SqlType type() {
        return type;
    }

    /** The text form's bytes, not copied; empty for NULL. */
    public byte[] bytes() {
        return bytes;
    }

    public boolean isNull() {
        return type == SqlType.NULL_TYPE;
    }

    /** The text form decoded as UTF-8. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof SqlValue other && type == other.type && Arrays.equals(bytes, other.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + Arrays.hashCode(bytes);
    }

    /** As Vitess prints values in its messages: {@code INT64(5)}, {@code VARCHAR("x")}, {@code NULL}. */
    @Override
    public String toString() {
        if (isNull()) {
            return "NULL";
        }
        boolean quoted = type.isQuoted() || type == SqlType.BIT;
        return type + "(" + (quoted ? GoText.quote(bytes) : text()) + ")";
    }
}
