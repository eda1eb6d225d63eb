package io.vtsphere.planner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikePatternTest {
    @ParameterizedTest
    @CsvSource({
        "c%,customer,true",
        "c%,Commerce,true",
        "%mer%,customer,true",
        "c_,customer,false",
        "a.c,abc,false",
        "a\\_c,a_c,true",
        "a\\_c,abc,false",
        "a\\,a\\,true",
        "'',x,false"
    })
    void matches_asMySqlsLike(String like, String name, boolean expected) {
        assertThat(new LikePattern(like).matches(name)).isEqualTo(expected);
    }

    @Test
    void matches_withoutPattern_everything() {
        assertThat(new LikePattern(null).matches("anything")).isTrue();
    }
}
