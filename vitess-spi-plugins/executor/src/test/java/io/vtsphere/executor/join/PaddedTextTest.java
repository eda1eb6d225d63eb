package io.vtsphere.executor.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weights as MySQL 8.0.15 gives them for 'a', 'a ' and the like. */
class PaddedTextTest {
    private static ByteString bytes(String hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }

    @ParameterizedTest
    @CsvSource({
        "utf8mb4_general_ci, 00410020, 0041",
        "utf8_general_ci, 00410020, 0041",
        "utf8mb4_bin, 000061000020000020, 000061",
        "utf8mb4_unicode_ci, 0E330209, 0E33",
        "utf8mb4_unicode_520_ci, 120F020A, 120F",
        "latin1_swedish_ci, 412020, 41",
        "latin1_swedish_ci, 2020, ''",
        "utf8mb4_unicode_ci, 0E33020A, 0E33020A",
        "utf8mb4_general_ci, 00410120, 00410120",
        "utf8mb4_0900_ai_ci, 1C470209, 1C470209",
        "utf8mb4_da_0900_ai_ci, 1C470209, 1C470209",
        "utf8mb4_0900_bin, 6120, 6120"
    })
    void spacesAtTheEnd_countWhereTheCollationDoesNotPad(String collation, String weight, String key) {
        assertThat(PaddedText.of(collation).key(bytes(weight))).isEqualTo(bytes(key));
    }

    @Test
    void collationsWhosePaddingIsNotKnown_areRefused() {
        assertThatThrownBy(() -> PaddedText.of("sjis_japanese_ci"))
                .hasMessage(
                        "VT12001: unsupported: join of texts of several shards by columns of collation sjis_japanese_ci");
    }
}
