package io.vtsphere.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of Vitess' {@code go/vt/discovery/replicationlag_test.go}: limits 30 s and 2 h, minimum 2. */
class LagFilterTest {
    private static final LagFilter FILTER = new LagFilter(30, 7200, 2);

    @ParameterizedTest
    @CsvSource({
        "'5,10,15,120', '5,10,15'",
        "'120,15,10,5', '5,10,15'",
        "'1800,2100,2400,2700', '1800,2100'",
        "'7200,10800,14400', '7200'",
        "'10800', ''",
        "'5', '5'",
        "'30,31,32', '30,31'",
        "'', ''",
    })
    void keep(String lags, String kept) {
        assertThat(FILTER.keep(numbers(lags), Long::longValue)).isEqualTo(numbers(kept));
    }

    private static List<Long> numbers(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(",", -1)).map(Long::valueOf).toList();
    }
}
