package io.vtsphere.vindex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRangeTest {
    @ParameterizedTest
    @ValueSource(strings = {"-", "-80", "80-", "80-c0", "-4000000000000000", "00-80", "4080-80", "0080-"})
    void parse_rangeName_printsItself(String name) {
        assertThat(KeyRange.parse(name)).hasToString(name);
    }

    @Test
    void parse_upperCase_isCanonicalInLowerCase() {
        assertThat(KeyRange.parse("A0-FF")).hasToString("a0-ff");
        assertThat(KeyRange.canonicalShardName("A0-FF")).isEqualTo("a0-ff");
        assertThat(KeyRange.canonicalShardName("Main")).isEqualTo("Main");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "80-40 | out of order keys: 80 is not strictly smaller than 40",
                "80-80 | out of order keys: 80 is not strictly smaller than 80",
                "-40-80 | invalid shardId, can only contain one '-': -40-80",
                "8-     | encoding/hex: odd length hex string",
                "-8g    | encoding/hex: invalid byte: U+0067 'g'",
                "0      | malformed spec: doesn't define a range: \"0\"",
            })
    void parse_badName_saysWhy(String name, String message) {
        assertThatThrownBy(() -> KeyRange.parse(name))
                .isInstanceOf(VtException.class)
                .hasMessage(message)
                .extracting(e -> ((VtException) e).code())
                .isEqualTo(Code.INVALID_ARGUMENT);
    }

    @Test
    void ofShardName_withoutDash_isNoRange() {
        assertThat(KeyRange.ofShardName("0")).isNull();
        assertThat(KeyRange.ofShardName("-")).isEqualTo(KeyRange.complete());
    }

    @ParameterizedTest
    @CsvSource({
        "-,'',true",
        "-,ff,true",
        "-80,7f,true",
        "-80,80,false",
        "-80,8000,false",
        "80-,80,true",
        "80-,8000,true",
        "80-,7fffffff,false",
        "80-c0,c0,false",
        "80-c0,bfff,true",
        "80-c0,c000,false",
        "8000-,80,true",
        "00-80,'',true",
        "0080-,80,true",
        "0080-,0080,true",
        "0080-,007f,false",
        "-0100,00ff,true",
        "-0100,01,false"
    })
    void contains_id_ignoresTrailingZeros(String range, String id, boolean inside) {
        assertThat(KeyRange.parse(range).contains(KeyspaceId.ofHex(id))).isEqualTo(inside);
    }

    @ParameterizedTest
    @CsvSource({
        "-,-,true",
        "-,40-80,true",
        "-80,80-,false",
        "-80,40-c0,true",
        "40-80,60-70,true",
        "-80,8000-,false",
        "40-60,80-,false",
        "80-,40-60,false",
        "-40,00-20,true",
        "80-c0,c0-,false",
        "80-c0,-80,false"
    })
    void intersects_isSymmetric(String a, String b, boolean common) {
        assertThat(KeyRange.parse(a).intersects(KeyRange.parse(b))).isEqualTo(common);
        assertThat(KeyRange.parse(b).intersects(KeyRange.parse(a))).isEqualTo(common);
    }

    @ParameterizedTest
    @CsvSource({
        "-,40-80,true",
        "-80,-40,true",
        "-80,-,false",
        "80-,c0-,true",
        "80-,c0-d0,true",
        "80-c0,80-,false",
        "40-80,40-8000,true",
        "40-80,3f-50,false"
    })
    void contains_range_everyIdIsInside(String outer, String inner, boolean inside) {
        assertThat(KeyRange.parse(outer).contains(KeyRange.parse(inner))).isEqualTo(inside);
    }

    @Test
    void add_neighbours_makesOneRange() {
        assertThat(KeyRange.parse("-40").add(KeyRange.parse("40-80"))).contains(KeyRange.parse("-80"));
        assertThat(KeyRange.parse("40-80").add(KeyRange.parse("-4000"))).contains(KeyRange.parse("-80"));
        assertThat(KeyRange.parse("-80").add(KeyRange.parse("80-"))).contains(KeyRange.complete());
        assertThat(KeyRange.parse("-40").add(KeyRange.parse("80-"))).isEqualTo(Optional.empty());
        assertThat(KeyRange.parse("80-").add(KeyRange.parse("-40"))).isEqualTo(Optional.empty());
    }

    @Test
    void equals_sameIds_whateverTheZeros() {
        assertThat(KeyRange.parse("00-80")).isEqualTo(KeyRange.parse("-8000")).hasSameHashCodeAs(KeyRange.parse("-80"));
        assertThat(KeyRange.parse("-80")).isNotEqualTo(KeyRange.parse("80-"));
        assertThat(KeyRange.parse("00-").isComplete()).isTrue();
    }
}
