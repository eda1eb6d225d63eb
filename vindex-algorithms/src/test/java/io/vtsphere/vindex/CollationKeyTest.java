package io.vtsphere.vindex;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CollationKeyTest {
    private static String key(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        CollationKey key = CollationKey.of(bytes, 0, bytes.length);
        return HexFormat.of().formatHex(key.bytes(), 0, key.length());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "0 | 14e6",
                "9 | 14ef",
                "a | 15ef",
                "Z | 1895",
                "- | 010d",
                "$ | 13ef",
                "~ | 04a6",
                "^\t^ | 0100",
                "^ ^ | 0109",
                "Tést | 1816164c17f31816",
                "TEST | 1816164c17f31816"
            })
    void ascii(String text, String key) {
        assertThat(key(text)).isEqualTo(key);
    }

    @Test
    void controlsAndAccents_weighNothing() {
        assertThat(key("\u0000\u0001\u007f\u0301")).isEmpty();
        assertThat(key("")).isEmpty();
    }

    @Test
    void unlistedCharacters_haveThreeBytes() {
        assertThat(key("\u4e00")).isEqualTo("814e00");
        assertThat(key("\u9fff")).isEqualTo("819fff");
        assertThat(key("\u3400")).isEqualTo("823400");
        assertThat(key("\ue000")).isEqualTo("85e000");
        assertThat(key(Character.toString(0x20000))).isEqualTo("840000");
        assertThat(key(Character.toString(0x31350))).isEqualTo("851350");
        assertThat(key(Character.toString(0x1F9FF))).isEqualTo("86f9ff");
        assertThat(key(Character.toString(0x10FFFF))).isEqualTo("95ffff");
    }

    @Test
    void hangul_isThatOfItsJamo() {
        assertThat(key("가")).isEqualTo(key("\u1100\u1161"));
        assertThat(key("각")).isEqualTo(key("\u1100\u1161\u11a8"));
        assertThat(key("힣")).isEqualTo(key("\u1112\u1175\u11c2"));
    }

    @Test
    void contraction_longestMatchWeighsTogether() {
        assertThat(key("L\u00b7")).isEqualTo("1711");
        assertThat(key("l\u0387x")).isEqualTo("1711187b");
        assertThat(key("lx")).isEqualTo("1711187b");
        assertThat(key("\u0410\u0306")).isEqualTo("1995");
        assertThat(key("\u0410")).isNotEqualTo("1995");
        assertThat(key("\u0fb2\u0f71\u0f80")).isEqualTo("2593");
        assertThat(key("\u0fb2\u0f71")).isEqualTo(key("\u0fb2") + key("\u0f71"));
    }

    @Test
    void contraction_skipsMarksOfLowerClass() {
        // U+0323 has class 220, U+0306 has 230
        assertThat(key("\u0410\u0323\u0306")).isEqualTo("1995");
        // U+0301 has 230 too and stands in the way
        assertThat(key("\u0410\u0301\u0306")).isEqualTo(key("\u0410"));
        // the virama, class 9, weighs something: it comes after what it stood in
        assertThat(key("\u0410\u094d\u0306")).isEqualTo("1995" + key("\u094d"));
        // a starter ends the segment
        assertThat(key("\u0410\u0323x\u0306")).isEqualTo(key("\u0410") + key("x"));
    }

    @Test
    void marksThatWeigh_areOrderedByClass() {
        String virama = key("\u094d");
        String small = key("\u0363");
        assertThat(key("x\u0363\u094d")).isEqualTo(key("x") + virama + small);
        assertThat(key("x\u094d\u0363")).isEqualTo(key("x") + virama + small);
        assertThat(key("\u00e9\u0363\u094d")).isEqualTo(key("e") + virama + small);
        assertThat(key("\u0f40\u0f72\u0f71")).isEqualTo(key("\u0f40") + key("\u0f71") + key("\u0f72"));
        // a control character is a starter: nothing moves across it
        assertThat(key("x\u0363\u0001\u094d")).isEqualTo(key("x") + small + virama);
    }

    @Test
    void marksThatWeigh_areCutAfterThirty() {
        String small = key("\u0363");
        String virama = key("\u094d");
        assertThat(key("x" + "\u0363".repeat(29) + "\u094d")).isEqualTo(key("x") + virama + small.repeat(29));
        assertThat(key("x" + "\u0363".repeat(30) + "\u094d")).isEqualTo(key("x") + small.repeat(30) + virama);
    }

    @Test
    void everyCharacter_hasAKey_andTheTableKeepsItsSize() {
        int weightless = 0;
        for (int codePoint = 0; codePoint <= 0x10FFFF; codePoint++) {
            if (codePoint < 0xD800 || codePoint > 0xDFFF) {
                weightless += key(Character.toString(codePoint)).isEmpty() ? 1 : 0;
            }
        }
        assertThat(weightless).isEqualTo(1103);
    }

    @Test
    void longExpansion_growsTheKey() {
        assertThat(key("\ufdfa".repeat(100)))
                .isEqualTo(key("\ufdfa").repeat(100))
                .hasSizeGreaterThan(3000);
    }

    /** Random texts of listed characters, marks and contractions, with keys computed by an independent implementation in Python. */
    @Test
    void randomTexts_haveTheKeysOfAnotherImplementation() {
        for (String[] row : CollationData.rows("collation-keys.tsv")) {
            byte[] text = HexFormat.of().parseHex(row[0]);
            CollationKey key = CollationKey.of(text, 0, text.length);
            assertThat(HexFormat.of().formatHex(key.bytes(), 0, key.length()))
                    .as(() -> new String(text, StandardCharsets.UTF_8)
                            .codePoints()
                            .mapToObj(Integer::toHexString)
                            .collect(Collectors.joining(" ")))
                    .isEqualTo(row[1]);
        }
    }
}
