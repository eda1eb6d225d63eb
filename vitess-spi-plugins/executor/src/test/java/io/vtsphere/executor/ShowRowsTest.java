package io.vtsphere.executor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShowRowsTest {
    @ParameterizedTest
    @CsvSource({
        "%, '', true",
        "customer/%, customer/-80, true",
        "customer/%, commerce/0, false",
        "c_stomer/80-, customer/80-, true",
        "C%, customer/-80, true",
        "%80, customer/-80, true",
        "%80, customer/80-, false",
        "a\\%b, a%b, true",
        "a\\%b, axb, false",
        "a\\_b, a_b, true",
        "a\\_b, axb, false",
        "%%%, x, true",
        "x, '', false",
        "'', x, false"
    })
    void like(String pattern, String text, boolean matches) {
        assertThat(ShowRows.LikePattern.matches(pattern, text)).isEqualTo(matches);
        assertThat(ShowRows.LikePattern.matches(null, text)).isTrue();
    }
}
