package io.vtsphere.mysql;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Collation ids, and the Java charset behind those that a client may speak here.
 *
 * <p>Source: MySQL 8.0, {@code information_schema.collations}.
 */
public final class CharacterSets {
    public static final int LATIN1_SWEDISH_CI = 8;
    public static final int UTF8_GENERAL_CI = 33;
    public static final int UTF8MB4_GENERAL_CI = 45;
    public static final int UTF8MB4_BIN = 46;
    /** What values without a character set have: numbers, dates, bytes. */
    public static final int BINARY = 63;

    public static final int UTF8MB4_0900_AI_CI = 255;

    /** MySQL's latin1 is Windows' code page 1252. */
    private static final Charset LATIN1 = Charset.forName("windows-1252");

    private CharacterSets() {}

    /** The charset of a collation id of a handshake (0 to 255); null for one that is neither UTF-8, ASCII, latin1 nor binary. */
    public static @Nullable Charset javaCharset(int collation) {
        switch (collation) {
            case 5, LATIN1_SWEDISH_CI, 15, 31, 47, 48, 49, 94:
                return LATIN1;
            case 11, 65:
                return StandardCharsets.US_ASCII;
            case 0, UTF8_GENERAL_CI, UTF8MB4_GENERAL_CI, UTF8MB4_BIN, BINARY, 76, 83:
                return StandardCharsets.UTF_8;
            default:
                return collation >= 192 && collation <= 215
                                || collation == 223
                                || collation >= 224 && collation <= 247
                                || collation == UTF8MB4_0900_AI_CI
                        ? StandardCharsets.UTF_8
                        : null;
        }
    }
}
