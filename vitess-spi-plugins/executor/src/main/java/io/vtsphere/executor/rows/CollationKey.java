package io.vtsphere.executor.rows;

import com.google.protobuf.ByteString;
import io.vtsphere.vterrors.VtError;
import java.nio.charset.StandardCharsets;

/**
 * A text's place in the order of its collation, by the weight string that its tablet computed.
 *
 * <p>Weight strings order texts by their bytes, with one exception. Collations that pad (all but {@code binary} and the {@code _0900_}
 * ones) compare {@code 'a'} and {@code 'a '} as equal: when one weight string is the beginning of the other, the shorter one goes on with
 * the weight of a space. Which collation a column has is not told with its rows; it is read off the weights themselves, and where that does
 * not decide the order the comparison is refused. That takes a text which is another one followed by a space or something before it.
 *
 * <p>Weights of a space as MySQL 8.0.15 answers {@code hex(weight_string(' '))}: {@code 20} in one-byte character sets, {@code 0020} in
 * {@code _general_ci}, {@code 000020} in {@code utf8mb4_bin}, {@code 0209} by UCA 4.0.0 ({@code _unicode_ci} and the language collations),
 * {@code 020A} by UCA 5.2.0, {@code 0209} by UCA 9.0.0 (which does not pad). Immutable and thread-safe.
 */
final class CollationKey implements Comparable<CollationKey> {
    /** How the shorter of two weight strings goes on. */
    private enum Padding {
        ONE_BYTE(0x20),
        GENERAL(0x00, 0x20),
        BIN(0x00, 0x00, 0x20),
        UCA_400(0x02, 0x09),
        UCA_520(0x02, 0x0A),
        NONE;

        private final byte[] space;

        Padding(int... space) {
            this.space = new byte[space.length];
            for (int i = 0; i < space.length; i++) {
                this.space[i] = (byte) space[i];
            }
        }
    }

    /** Primary weights of digits and Latin letters: from here on in UCA 5.2.0 (4.0.0 has smaller ones), and in 9.0.0. */
    private static final int ALPHANUMERIC_520 = 0x1200;

    private static final int ALPHANUMERIC_900 = 0x1C3D;

    /** Weights of UCA above this are above the weight of a space in every version. */
    private static final int SPACE_520 = 0x020A;

    private final ByteString weight;
    private final ByteString value;
    private final String column;

    /** @param value the text in UTF-8 */
    CollationKey(ByteString weight, ByteString value, String column) {
        this.weight = weight;
        this.value = value;
        this.column = column;
    }

    @Override
    public int compareTo(CollationKey other) {
        int common = Math.min(weight.size(), other.weight.size());
        for (int i = 0; i < common; i++) {
            int order = Integer.compare(weight.byteAt(i) & 0xFF, other.weight.byteAt(i) & 0xFF);
            if (order != 0) {
                return order;
            }
        }
        if (weight.size() == other.weight.size()) {
            return 0;
        }
        return weight.size() < other.weight.size() ? -other.beyond(common) : beyond(common);
    }

    /** How this compares with its own first {@code prefix} bytes of weight. */
    private int beyond(int prefix) {
        int points = points();
        if (weight.byteAt(0) == 0) {
            if (weight.size() == 3 * points) {
                return against(Padding.BIN, prefix);
            }
            return weight.size() == 2 * points ? against(Padding.GENERAL, prefix) : certain(prefix);
        }
        if (weight.size() == points) {
            // One byte a character: a one-byte character set, or ASCII in a binary collation that does not pad.
            return weight.equals(value)
                    ? agreeing(prefix, Padding.ONE_BYTE, Padding.NONE)
                    : against(Padding.ONE_BYTE, prefix);
        }
        if (weight.equals(value)) {
            return 1;
        }
        int first = (weight.byteAt(0) & 0xFF) << 8 | weight.byteAt(1) & 0xFF;
        if (startsAlphanumeric()) {
            Padding version = first >= ALPHANUMERIC_900
                    ? Padding.NONE
                    : first >= ALPHANUMERIC_520 ? Padding.UCA_520 : Padding.UCA_400;
            return against(version, prefix);
        }
        return certain(prefix);
    }

    private int points() {
        int points = 0;
        for (int i = 0; i < value.size(); i++) {
            points += (value.byteAt(i) & 0xC0) == 0x80 ? 0 : 1;
        }
        return points;
    }

    private boolean startsAlphanumeric() {
        int c = value.isEmpty() ? 0 : value.byteAt(0);
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    /** The rest of the weight against the padding. */
    private int against(Padding padding, int prefix) {
        byte[] space = padding.space;
        if (space.length == 0) {
            return 1;
        }
        for (int i = prefix; i < weight.size(); i++) {
            int order = Integer.compare(weight.byteAt(i) & 0xFF, space[(i - prefix) % space.length] & 0xFF);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private int agreeing(int prefix, Padding one, Padding other) {
        int order = against(one, prefix);
        if (order != against(other, prefix)) {
            throw undecided();
        }
        return order;
    }

    /** Nothing but the rest of the weight tells: good enough when it begins above every weight of a space. */
    private int certain(int prefix) {
        boolean unit = prefix % 2 == 0 && weight.size() >= prefix + 2;
        int next = unit ? (weight.byteAt(prefix) & 0xFF) << 8 | weight.byteAt(prefix + 1) & 0xFF : 0;
        if (next <= SPACE_520) {
            throw undecided();
        }
        return 1;
    }

    private RuntimeException undecided() {
        return VtError.VT12001.with("comparing texts of column '" + column
                + "' of several shards that differ in what follows at their end: '"
                + value.toString(StandardCharsets.UTF_8) + "' under an unknown collation");
    }
}
