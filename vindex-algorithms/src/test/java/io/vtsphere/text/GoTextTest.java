package io.vtsphere.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vtsphere.vterrors.Code;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "616263         | \"abc\"",
                "2261 5c        | \"\\\"a\\\\\"",
                "00 07 08 09    | \"\\x00\\a\\b\\t\"",
                "0a 0b 0c 0d 7f | \"\\n\\v\\f\\r\\x7f\"",
                "ff             | \"\\xff\"",
                "c3 a9          | \"é\"",
                "c3             | \"\\xc3\"",
                "ed a0 80       | \"\\xed\\xa0\\x80\"",
                "c2 a0          | \"\\u00a0\"",
                "e2 80 a8       | \"\\u2028\"",
                "f3 a0 80 81    | \"\\U000e0001\"",
                "f0 9f 98 80    | \"😀\"",
                "d8 9d ff       | \"؝\\xff\"",
                "cd b8          | \"\\u0378\"",
                "f0 9f ab a8    | \"🫨\"",
                "f4 80 80 80    | \"\\U00100000\"",
            })
    void quote_bytes_asGo(String hex, String quoted) {
        assertThat(GoText.quote(HexFormat.of().parseHex(hex.replace(" ", "")))).isEqualTo(quoted);
    }

    @Test
    void decodeHex_badText_saysWhatGoSays() {
        assertThat(GoText.decodeHex("0aF0", Code.UNKNOWN, "")).containsExactly(0x0a, 0xf0);
        assertThatThrownBy(() -> GoText.decodeHex("abc", Code.UNKNOWN, "x: "))
                .hasMessage("x: encoding/hex: odd length hex string");
        assertThatThrownBy(() -> GoText.decodeHex("zz", Code.UNKNOWN, ""))
                .hasMessage("encoding/hex: invalid byte: U+007A 'z'");
    }

    @Test
    void isValid_utf8_asGo() {
        assertThat(valid("c080")).isFalse();
        assertThat(valid("eda080")).isFalse();
        assertThat(valid("f4908080")).isFalse();
        assertThat(valid("f48fbfbf")).isTrue();
        assertThat(valid("e0a080")).isTrue();
        assertThat(valid("e09f80")).isFalse();
        assertThat(valid("80")).isFalse();
        assertThat(valid("61e282")).isFalse();
        byte[] text = "aé€😀".getBytes(StandardCharsets.UTF_8);
        assertThat(Utf8.isValid(text, 0, text.length)).isTrue();
    }

    private static boolean valid(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        return Utf8.isValid(bytes, 0, bytes.length);
    }
}
