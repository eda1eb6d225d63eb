package io.vtsphere.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinaryValuesTest {
    private static String write(int type, String text) {
        ByteBuf out = Unpooled.buffer();
        byte[] bytes = ("##" + text + "##").getBytes(StandardCharsets.UTF_8);
        BinaryValues.write(out, type, bytes, 2, bytes.length - 4);
        return ByteBufUtil.hexDump(out);
    }

    @ParameterizedTest
    @CsvSource({
        "1, -128, 80",
        "1, 255, ff",
        "2, 65535, ffff",
        "13, 2024, e807",
        "13, 0000, 0000",
        "3, 00042, 2a000000",
        "9, -8388608, 000080ff",
        "3, -2147483648, 00000080",
        "8, -9223372036854775808, 0000000000000080",
        "8, 18446744073709551615, ffffffffffffffff",
        "4, 0.1, cdcccc3d",
        "5, 1e10, 000000205fa00242",
        "5, -0, 0000000000000080",
        "10, 2024-02-29, 04e807021d",
        "10, 0000-00-00, 00",
        "10, 9999-12-31, 040f270c1f",
        "12, 2024-02-29 00:00:00, 07e807021d000000",
        "12, 2024-02-29 12:00:00.000000, 0be807021d0c000000000000",
        "12, 2024-02-29 23:59:59, 07e807021d173b3b",
        "7, 2024-02-29 00:00:00.000001, 0be807021d00000001000000",
        "12, 0000-00-00 00:00:00.000000, 00",
        "11, 00:00:00, 00",
        "11, 00:00:00.000, 0c000000000000000000000000",
        "11, -838:59:59, 080122000000163b3b",
        "11, 01:02:03.5, 0c00000000000102" + "0320a10700",
        "246, 1.10, 04312e3130",
        "253, é, 02c3a9"
    })
    void text_becomesTheServersBytes(int type, String text, String hex) {
        assertThat(write(type, text)).isEqualTo(hex);
    }

    @ParameterizedTest
    @CsvSource({
        "8, ''",
        "8, 1.5",
        "8, -",
        "8, 123456789012345678901",
        "10, 2024-02",
        "10, yesterday",
        "12, 2024-02-29 1",
        "11, 1",
        "11, 01:02:03.5x",
        "5, x"
    })
    void textThatIsNoValueOfItsType_isRefused(int type, String text) {
        assertThatThrownBy(() -> write(type, text)).isInstanceOf(IllegalArgumentException.class);
    }
}
