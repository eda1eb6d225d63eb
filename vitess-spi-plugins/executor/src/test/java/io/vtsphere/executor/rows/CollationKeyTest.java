package io.vtsphere.executor.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.vitess.proto.Query;
import io.vtsphere.planner.OrderKey;
import io.vtsphere.vterrors.VtException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weights are those that MySQL 8.0.15 gives. */
class CollationKeyTest {
    private static CollationKey key(String value, String weight) {
        return new CollationKey(
                ByteString.copyFrom(HexFormat.of().parseHex(weight)), ByteString.copyFromUtf8(value), "c");
    }

    @ParameterizedTest
    @CsvSource({
        // utf8mb4_0900_ai_ci does not pad
        "1C471C60, 1C471C600209, -1",
        "1C471C60, 1C471C601C3E, -1",
        "1C471C60, 1C471C600201, -1",
        // utf8mb4_unicode_ci
        "0E330E4A, 0E330E4A0209, 0",
        "0E330E4A, 0E330E4A0E2A, -1",
        "0E330E4A, 0E330E4A0201, 1",
        // utf8mb4_unicode_520_ci
        "120F1225, 120F1225020A020A, 0",
        "120F1225, 120F12251206, -1",
        // utf8mb4_general_ci
        "00410042, 004100420020, 0",
        "00410042, 004100420009, 1",
        "00410042, 004100420031, -1",
        // utf8mb4_bin
        "000061000062, 000061000062000020, 0",
        "000061000062, 000061000062000009, 1",
        "000061000062, 000061000062000031, -1"
    })
    void oneTextIsTheBeginningOfTheOther(String shorter, String longer, int order) {
        int unit = longer.startsWith("0000") ? 3 : 2;
        String tail = "x".repeat((longer.length() - shorter.length()) / 2 / unit);
        CollationKey left = key("ab", shorter);
        CollationKey right = key("ab" + tail, longer);

        assertThat(Integer.signum(left.compareTo(right))).isEqualTo(order);
        assertThat(Integer.signum(right.compareTo(left))).isEqualTo(-order);
    }

    @Test
    void oneByteCharacterSets_pad() {
        assertThat(key("ab", "4142").compareTo(key("ab ", "414220"))).isZero();
        assertThat(key("ab", "4142").compareTo(key("abc", "414243"))).isNegative();
    }

    @Test
    void textOfABinaryCollation_comesAsBytes_andIsStillText() {
        Query.Field tag = Query.Field.newBuilder()
                .setName("tag")
                .setType(Query.Type.VARBINARY)
                .setCharset(255)
                .build();
        Query.Field weight = Query.Field.newBuilder()
                .setName("w")
                .setType(Query.Type.VARBINARY)
                .setCharset(63)
                .build();
        Query.Row plain = Cells.row(List.of(ByteString.copyFromUtf8("y"), bytes("000079")));
        Query.Row padded = Cells.row(List.of(ByteString.copyFromUtf8("y "), bytes("000079000020")));

        assertThat(Merging.distinct(List.of(plain, padded), List.of(new OrderKey(0, 1, false)), List.of(tag, weight)))
                .containsExactly(plain);
        assertThatThrownBy(() -> Merging.distinct(
                        List.of(plain, padded), List.of(new OrderKey(0, OrderKey.NONE, false)), List.of(tag, weight)))
                .isInstanceOf(VtException.class);
    }

    private static ByteString bytes(String hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }

    @Test
    void aTextAndItself_areEqual() {
        assertThat(key("B", "1C60").compareTo(key("b", "1C60"))).isZero();
    }

    @Test
    void whatTheWeightsDoNotDecide_isRefused() {
        // The letters are no help: é has other weights in other versions, and the space may count or not.
        assertThatThrownBy(() -> key("é", "1CAA").compareTo(key("é ", "1CAA0209")))
                .isInstanceOf(VtException.class)
                .hasMessageContaining("VT12001: unsupported: comparing texts of column 'c'");
        assertThat(key("é", "1CAA").compareTo(key("éa", "1CAA1C47"))).isNegative();
        // ASCII by its own bytes: latin1_bin pads, utf8mb4_0900_bin does not.
        assertThatThrownBy(() -> key("ab", "6162").compareTo(key("ab ", "616220")))
                .isInstanceOf(VtException.class);
    }

    @Test
    void nothing_isTheBeginningOfEverything() {
        assertThat(key("", "").compareTo(key("a", "1C47"))).isNegative();
    }
}
