package io.vtsphere.shardingsphere.kernel.v51;

import com.google.protobuf.ByteString;
import io.vitess.proto.Query;
import io.vtsphere.sqltypes.SqlType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The kernel's rows, which are what a JDBC driver gave, in MySQL's text form. Immutable. */
final class KernelRows {
    /** What a DATETIME and a TIME without fraction are long, in characters. */
    private static final int DATETIME_LENGTH = 19;

    private static final int TIME_LENGTH = 10;
    private static final double PLAIN_FROM = 1e-4;
    private static final double PLAIN_BELOW = 1e15;

    private final List<Query.Field> fields;

    KernelRows(List<Query.Field> fields) {
        this.fields = List.copyOf(fields);
    }

    Query.Row row(Collection<?> values) {
        Query.Row.Builder row = Query.Row.newBuilder();
        List<ByteString> cells = new ArrayList<>(fields.size());
        int column = 0;
        for (Object value : values) {
            byte[] cell = cell(fields.get(column++), value);
            row.addLengths(cell == null ? -1 : cell.length);
            if (cell != null) {
                cells.add(ByteString.copyFrom(cell));
            }
        }
        return row.setValues(ByteString.copyFrom(cells)).build();
    }

    private static byte @Nullable [] cell(Query.Field field, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        SqlType type = SqlType.ofNumber(field.getTypeValue());
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        if (value instanceof Boolean flag) {
            return type == SqlType.BIT ? new byte[] {(byte) (flag ? 1 : 0)} : ascii(flag ? "1" : "0");
        }
        return text(field, type, value).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Query.Field field, @Nullable SqlType type, Object value) {
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (value instanceof Double || value instanceof Float) {
            return real(value);
        }
        if (value instanceof Date date) {
            String text = date.toLocalDate().toString();
            return type == SqlType.YEAR ? text.substring(0, 4) : text;
        }
        if (value instanceof Timestamp timestamp) {
            return dateTime(field, timestamp.toLocalDateTime());
        }
        if (value instanceof LocalDateTime time) {
            return dateTime(field, time);
        }
        if (value instanceof Time time) {
            return clock(time.toLocalTime())
                    + fraction(field, TIME_LENGTH, time.toLocalTime().getNano());
        }
        if (value instanceof LocalTime time) {
            return clock(time) + fraction(field, TIME_LENGTH, time.getNano());
        }
        return value.toString();
    }

    private static String dateTime(Query.Field field, LocalDateTime time) {
        return time.toLocalDate() + " " + clock(time.toLocalTime()) + fraction(field, DATETIME_LENGTH, time.getNano());
    }

    private static String clock(LocalTime time) {
        return String.format(Locale.ROOT, "%02d:%02d:%02d", time.getHour(), time.getMinute(), time.getSecond());
    }

    /** As many digits as the column has, which its length tells; all six where that is not known. */
    private static String fraction(Query.Field field, int length, int nanos) {
        int digits = Math.min(6, field.getColumnLength() - length - 1);
        if (digits <= 0 && nanos == 0) {
            return "";
        }
        String micros = String.format(Locale.ROOT, "%06d", nanos / 1000);
        return "." + (digits <= 0 ? micros : micros.substring(0, digits));
    }

    /** As MySQL writes it: an exponent only where the number is very small or large. */
    private static String real(Object value) {
        BigDecimal number = new BigDecimal(value.toString());
        double size = Math.abs(number.doubleValue());
        if (size == 0) {
            return "0";
        }
        if (size >= PLAIN_FROM && size < PLAIN_BELOW) {
            return number.stripTrailingZeros().toPlainString();
        }
        BigDecimal digits = number.stripTrailingZeros();
        int exponent = digits.precision() - digits.scale() - 1;
        return digits.movePointLeft(exponent).toPlainString() + "e" + exponent;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
