package io.vtsphere.executor.join;

import com.google.protobuf.ByteString;
import io.vtsphere.vterrors.VtError;
import java.util.regex.Pattern;

/**
 * Texts by what their collation tells apart: two are equal under it where the bytes that are kept here are the same.
 *
 * <p>Those are the bytes of the weight string. Collations that pad compare as if the shorter text went on with spaces, so there the weights of
 * spaces at the end are dropped. They are, as MySQL 8.0.15 answers {@code hex(weight_string(' '))}: {@code 20} in one-byte character sets,
 * {@code 0020} in {@code _general_ci}, {@code 000020} in {@code _bin} of utf8mb3 and utf8mb4, {@code 0209} in {@code _unicode_ci}, {@code 020A}
 * in {@code _unicode_520_ci}; {@code _0900_} collations do not pad. Other collations are refused. Immutable and thread-safe.
 */
final class PaddedText {
    private static final Pattern NO_PAD = Pattern.compile("utf8mb4_([a-z_]+_)?0900_.*");
    private static final Pattern ONE_BYTE = Pattern.compile("(latin1|ascii)_(swedish_ci|general_ci|general_cs|bin)");
    private static final Pattern UTF8 = Pattern.compile("utf8(mb3|mb4)?_(general_ci|bin|unicode_ci|unicode_520_ci)");

    private static final byte[] NOTHING = {};
    private static final byte[] ONE_BYTE_SPACE = {0x20};
    private static final byte[] GENERAL_SPACE = {0, 0x20};
    private static final byte[] BIN_SPACE = {0, 0, 0x20};
    private static final byte[] UCA_400_SPACE = {2, 9};
    private static final byte[] UCA_520_SPACE = {2, 0x0A};

    private final String collation;
    private final byte[] space;

    private PaddedText(String collation, byte[] space) {
        this.collation = collation;
        this.space = space;
    }

    /** @throws io.vtsphere.vterrors.VtException VT12001 for a collation whose padding is not known */
    static PaddedText of(String collation) {
        if (NO_PAD.matcher(collation).matches()) {
            return new PaddedText(collation, NOTHING);
        }
        if (ONE_BYTE.matcher(collation).matches()) {
            return new PaddedText(collation, ONE_BYTE_SPACE);
        }
        if (UTF8.matcher(collation).matches()) {
            if (collation.endsWith("_general_ci")) {
                return new PaddedText(collation, GENERAL_SPACE);
            }
            if (collation.endsWith("_bin")) {
                return new PaddedText(collation, BIN_SPACE);
            }
            return new PaddedText(collation, collation.endsWith("_520_ci") ? UCA_520_SPACE : UCA_400_SPACE);
        }
        throw VtError.VT12001.with("join of texts of several shards by columns of collation " + collation);
    }

    String collation() {
        return collation;
    }

    /** What is the same for equal texts. */
    ByteString key(ByteString weight) {
        int end = weight.size();
        while (space.length > 0 && end >= space.length && endsWithSpace(weight, end)) {
            end -= space.length;
        }
        return weight.substring(0, end);
    }

    private boolean endsWithSpace(ByteString weight, int end) {
        for (int i = 0; i < space.length; i++) {
            if (weight.byteAt(end - space.length + i) != space[i]) {
                return false;
            }
        }
        return true;
    }
}
