package io.vtsphere.vindex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.VtException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How values become numbers and bytes, against the JDK's own big numbers. */
class ValuesTest {
    private static final BigInteger TWO_TO_63 = BigInteger.ONE.shiftLeft(63);
    private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

    private static String text(Random random) {
        String alphabet = random.nextInt(3) == 0 ? "0123456789 -+.\t" : "0123456789";
        StringBuilder text = new StringBuilder(random.nextInt(8) == 0 ? " " : random.nextInt(8) == 0 ? "-" : "");
        for (int i = random.nextInt(23); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    @Test
    void unsignedNumbers_areThoseOfBigInteger() {
        Random random = new Random(12);
        int numbers = 0;
        for (int i = 0; i < 100_000; i++) {
            String text = text(random);
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            boolean number =
                    text.matches("[ \t]*[0-9]+[ \t]*") && new BigInteger(text.strip()).compareTo(TWO_TO_64) < 0;
            assertThat(Values.isUint64(bytes)).as("'%s'", text).isEqualTo(number);
            if (number) {
                numbers++;
                assertThat(Values.parseUint64(bytes))
                        .as("'%s'", text)
                        .isEqualTo(new BigInteger(text.strip()).longValue());
            } else {
                assertThatThrownBy(() -> Values.toUint64(SqlValue.of(SqlType.VARCHAR, bytes)))
                        .isInstanceOf(VtException.class)
                        .hasMessageContaining("uint64");
            }
        }
        assertThat(numbers).isBetween(10_000, 90_000);
    }

    @Test
    void signedNumbers_areThoseOfBigInteger() {
        Random random = new Random(13);
        for (int i = 0; i < 100_000; i++) {
            String text = text(random);
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            boolean number = text.matches("[+-]?[0-9]+");
            boolean fits = number
                    && new BigInteger(text).compareTo(TWO_TO_63) < 0
                    && new BigInteger(text).compareTo(TWO_TO_63.negate()) >= 0;
            assertThat(Values.isInt64(bytes)).as("'%s'", text).isEqualTo(fits);
            if (fits) {
                assertThat(Values.parseInt64(bytes)).isEqualTo(new BigInteger(text).longValueExact());
            } else {
                assertThat(Values.parseIntError(bytes)).endsWith(number ? ": value out of range" : ": invalid syntax");
            }
        }
    }

    @Test
    void bitLiterals_areTheirNumberInAsFewBytesAsItNeeds() {
        Random random = new Random(14);
        for (int i = 0; i < 10_000; i++) {
            BigInteger number = new BigInteger(random.nextInt(90), random);
            String text = "0b" + "0".repeat(random.nextInt(9)) + number.toString(2);
            byte[] expected = number.signum() == 0 ? new byte[0] : number.toByteArray();
            int from = expected.length > 0 && expected[0] == 0 ? 1 : 0;
            assertThat(HexFormat.of().formatHex(bytes(SqlType.BITNUM, text)))
                    .as(text)
                    .isEqualTo(HexFormat.of().formatHex(expected).substring(2 * from));
        }
    }

    @Test
    void hexLiterals_areTheirBytes() {
        Random random = new Random(15);
        for (int i = 0; i < 10_000; i++) {
            byte[] expected = new byte[random.nextInt(20)];
            random.nextBytes(expected);
            String digits = HexFormat.of().formatHex(expected);
            String written = random.nextBoolean() ? digits : digits.toUpperCase(java.util.Locale.ROOT);
            assertThat(bytes(SqlType.HEXVAL, (random.nextBoolean() ? "x'" : "X'") + written + "'"))
                    .isEqualTo(expected);
            if (expected.length > 0) {
                assertThat(bytes(SqlType.HEXNUM, "0x" + written)).isEqualTo(expected);
            }
        }
    }

    private static byte[] bytes(SqlType type, String text) {
        return Values.toBytes(SqlValue.of(type, text.getBytes(StandardCharsets.US_ASCII)));
    }

    @ParameterizedTest
    @EnumSource(SqlType.class)
    void everyOtherType_isItsText(SqlType type) {
        byte[] text = "0b101".getBytes(StandardCharsets.US_ASCII);
        switch (type) {
            case NULL_TYPE ->
                assertThat(Values.toBytes(SqlValue.of(type, text))).isEmpty();
            case EXPRESSION ->
                assertThatThrownBy(() -> Values.toBytes(SqlValue.of(type, text)))
                        .hasMessage("expression cannot be converted to bytes");
            case HEXNUM ->
                assertThatThrownBy(() -> Values.toBytes(SqlValue.of(type, text)))
                        .hasMessage("invalid hex number: [48 98 49 48 49]");
            case HEXVAL ->
                assertThatThrownBy(() -> Values.toBytes(SqlValue.of(type, text)))
                        .hasMessage("invalid hex value: [48 98 49 48 49]");
            case BITNUM -> assertThat(Values.toBytes(SqlValue.of(type, text))).containsExactly(5);
            default -> assertThat(Values.toBytes(SqlValue.of(type, text))).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\"                     | cannot parse uint64 from empty string",
                "\" \"                    | cannot parse uint64 from \" \"",
                "aa                       | cannot parse uint64 from \"aa\"",
                "-1                       | cannot parse uint64 from \"-1\"",
                "1.1                      | unparsed tail left after parsing uint64 from \"1.1\": \".1\"",
                "\" 1 x\"                 | unparsed tail left after parsing uint64 from \" 1 x\": \"x\"",
                "18446744073709551616     | cannot parse uint64 from \"18446744073709551616\": overflow",
                "31415926535897932384     | cannot parse uint64 from \"31415926535897932384\": overflow"
            })
    void noNumber_hasVitessText(String text, String message) {
        assertThatThrownBy(() -> Values.toUint64(SqlValue.varchar(text))).hasMessage(message);
    }

    @ParameterizedTest
    @EnumSource(SqlType.class)
    void types_areFoundByTheirNumber_andHaveOneKind(SqlType type) {
        assertThat(SqlType.ofNumber(type.number())).isEqualTo(type);
        assertThat(SqlType.ofNumber(type.number() | 1 << 20)).isNull();
        assertThat(type.isSigned() && type.isUnsigned()).isFalse();
        assertThat(type.isIntegral()).isEqualTo(type.isSigned() || type.isUnsigned());
        assertThat(type.isText() && type.isBinary()).isFalse();
        if (type.isNumber()) {
            assertThat(type.isQuoted()).isFalse();
        }
    }
}
