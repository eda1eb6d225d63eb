package io.vtsphere.shardingsphere.algorithm;

import io.vtsphere.shardingsphere.errors.HostErrors;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A DATE or DATETIME column; its value is the text by which MySQL prints it. TIMESTAMP is none: its text depends on the session's time
 * zone.
 *
 * <p>A {@link java.sql.Timestamp} or {@link java.util.Date} is refused: it may be the host's own {@code now()}, which is not the one that MySQL
 * stores.
 */
final class TemporalColumn implements ColumnType {
    private static final int MAX_FRACTION = 6;
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter READ = new DateTimeFormatterBuilder()
            .append(DATE)
            .optionalStart()
            .appendPattern(" HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, MAX_FRACTION, true)
            .optionalEnd()
            .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private final SqlType type;
    /** Digits of the fraction. */
    private final int fraction;

    private final DateTimeFormatter print;

    private TemporalColumn(SqlType type, int fraction, DateTimeFormatter print) {
        this.type = type;
        this.fraction = fraction;
        this.print = print;
    }

    static TemporalColumn date() {
        return new TemporalColumn(SqlType.DATE, 0, DATE);
    }

    /** @throws IllegalArgumentException when the digits are not 0 to 6 */
    static TemporalColumn datetime(int fraction) {
        if (fraction > MAX_FRACTION) {
            throw new IllegalArgumentException("column-types: DATETIME(" + fraction + ") has more than 6 digits");
        }
        DateTimeFormatterBuilder print =
                new DateTimeFormatterBuilder().append(DATE).appendPattern(" HH:mm:ss");
        if (fraction > 0) {
            print.appendFraction(ChronoField.NANO_OF_SECOND, fraction, fraction, true);
        }
        return new TemporalColumn(SqlType.DATETIME, fraction, print.toFormatter(Locale.ROOT));
    }

    @Override
    public SqlValue of(Object value) {
        LocalDateTime time = time(value);
        if (time == null) {
            throw HostErrors.unsupported(Values.describe(value) + " for a column of type " + type);
        }
        boolean exact = type == SqlType.DATE
                ? time.toLocalTime().equals(LocalTime.MIDNIGHT)
                : time.getNano() % (int) Math.pow(10, 9.0 - fraction) == 0;
        if (!exact || time.getYear() < 1 || time.getYear() > 9999) {
            throw HostErrors.unsupported(Values.describe(value) + " is no value of a column of type " + type
                    + (type == SqlType.DATETIME ? "(" + fraction + ")" : ""));
        }
        return SqlValue.of(type, print.format(time).getBytes(StandardCharsets.US_ASCII));
    }

    private static @Nullable LocalDateTime time(Object value) {
        if (value instanceof LocalDateTime time) {
            return time;
        }
        if (value instanceof LocalDate date) {
            return date.atStartOfDay();
        }
        if (value instanceof java.sql.Date date) {
            return date.toLocalDate().atStartOfDay();
        }
        try {
            return value instanceof String text ? LocalDateTime.parse(text, READ) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
