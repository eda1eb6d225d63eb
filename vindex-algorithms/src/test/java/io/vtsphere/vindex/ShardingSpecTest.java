package io.vtsphere.vindex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vtsphere.vterrors.VtException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShardingSpecTest {
    @ParameterizedTest
    @CsvSource({"-40-80-c0-,[-40; 40-80; 80-c0; c0-]", "0,[-]", "-,[-]", "40-80,[40-80]", "-80-,[-80; 80-]"})
    void parse_bounds_givesTheRangesBetween(String spec, String ranges) {
        assertThat(ShardingSpec.parse(spec)).hasToString(ranges.replace(';', ','));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "80 | malformed spec: doesn't define a range: \"80\"",
                "-40--80 | malformed spec: MinKey/MaxKey cannot be in the middle of the spec: \"-40--80\"",
                "80-40- | malformed spec: shard limits should be in order: \"80-40-\"",
                "-4- | encoding/hex: odd length hex string",
            })
    void parse_badSpec_saysWhy(String spec, String message) {
        assertThatThrownBy(() -> ShardingSpec.parse(spec))
                .isInstanceOf(VtException.class)
                .hasMessage(message);
    }

    @Test
    void equalShards_three_asVitess() {
        assertThat(ShardingSpec.equalShards(1)).hasToString("[-]");
        assertThat(ShardingSpec.equalShards(2)).hasToString("[-80, 80-]");
        assertThat(ShardingSpec.equalShards(3)).hasToString("[-55, 55-aa, aa-]");
        assertThat(ShardingSpec.equalShards(512).get(1)).hasToString("0080-0100");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 255, 256, 257, 1000, 65536})
    void equalShards_anyCount_isAPartition(int count) {
        assertThat(ShardingSpec.equalShards(count)).hasSize(count);
        assertThat(ShardIndex.of(ShardingSpec.equalShards(count)).fault()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65537})
    void equalShards_impossibleCount_isRefused(int count) {
        assertThatThrownBy(() -> ShardingSpec.equalShards(count)).hasMessageContaining(String.valueOf(count));
    }
}
