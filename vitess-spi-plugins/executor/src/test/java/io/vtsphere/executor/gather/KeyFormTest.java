package io.vtsphere.executor.gather;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;

class KeyFormTest {
    private static GatheredColumn text(String collation) {
        return new GatheredColumn("t", "varchar", "varchar(9)", "utf8mb4", collation);
    }

    private static GatheredColumn of(String type) {
        return new GatheredColumn("n", type, type, null, null);
    }

    private static ByteString bytes(String text) {
        return ByteString.copyFromUtf8(text);
    }

    @Test
    void of_integersOrBytes_isTheValue() {
        assertThat(KeyForm.of(of("int"), of("bigint")).of(bytes("12"))).isEqualTo(bytes("12"));
        assertThat(KeyForm.of(of("varbinary"), of("blob")).of(bytes("00FF"))).isEqualTo(bytes("00FF"));
    }

    @Test
    void of_typesThatCompareOtherwise_isNone() {
        assertThat(KeyForm.of(of("int"), of("decimal"))).isNull();
        assertThat(KeyForm.of(of("int"), text("utf8mb4_bin"))).isNull();
        assertThat(KeyForm.of(of("datetime"), of("datetime"))).isNull();
        assertThat(KeyForm.of(text("utf8mb4_bin"), text("utf8mb4_general_ci"))).isNull();
        assertThat(KeyForm.of(text("utf8mb4_hu_0900_ai_ci"), text("utf8mb4_hu_0900_ai_ci")))
                .as("a contraction: ccs = cscs")
                .isNull();
    }

    @Test
    void of_textOfABinCollation_hasNoSpacesAtItsEnd() {
        KeyForm form = KeyForm.of(text("utf8mb4_bin"), text("utf8mb4_bin"));
        assertThat(form.of(bytes("Ab  "))).isEqualTo(form.of(bytes("Ab"))).isNotEqualTo(form.of(bytes("ab")));
    }

    @Test
    void of_textWithoutCase_isFolded_andUnknownBeyondLettersAndDigits() {
        KeyForm form = KeyForm.of(text("utf8mb4_0900_ai_ci"), text("utf8mb4_0900_ai_ci"));
        assertThat(form.of(bytes("Ab1 "))).isEqualTo(form.of(bytes("aB1")));
        assertThat(form.of(bytes("\u00e4"))).isNull();
        assertThat(form.of(bytes("a-b"))).isNull();
    }
}
