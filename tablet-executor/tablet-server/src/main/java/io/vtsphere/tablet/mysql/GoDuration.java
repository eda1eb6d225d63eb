package io.vtsphere.tablet.mysql;

import java.math.BigDecimal;

/** Durations in the form of Go's {@code time.Duration.String}: {@code 200.903915ms}, {@code 1m30s}. Stateless. */
public final class GoDuration {
    private GoDuration() {}

    public static String format(long nanos) {
        if (nanos < 1_000) {
            return nanos == 0 ? "0s" : nanos + "ns";
        }
        if (nanos < 1_000_000) {
            return scaled(nanos, 3) + "µs";
        }
        if (nanos < 1_000_000_000L) {
            return scaled(nanos, 6) + "ms";
        }
        long minutes = nanos / 60_000_000_000L;
        String seconds = scaled(nanos % 60_000_000_000L, 9) + "s";
        if (minutes == 0) {
            return seconds;
        }
        return minutes < 60 ? minutes + "m" + seconds : minutes / 60 + "h" + minutes % 60 + "m" + seconds;
    }

    private static String scaled(long value, int scale) {
        BigDecimal stripped = BigDecimal.valueOf(value, scale).stripTrailingZeros();
        return stripped.toPlainString();
    }
}
