package io.vtsphere.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationsTest {
    @ParameterizedTest
    @CsvSource({
        "0, PT0S, 0s",
        "2ms, PT0.002S, 2ms",
        "1.5s, PT1.5S, 1500ms",
        "1h30m, PT1H30M, 5400s",
        "3us, PT0.000003S, 3000ns",
        "7ns, PT0.000000007S, 7ns",
        "1m0.25s, PT1M0.25S, 60250ms",
    })
    void parse_readsAsGo_andPrintsWhatItReads(String text, Duration expected, String printed) {
        assertThat(GoDurations.parse(text)).isEqualTo(expected);
        assertThat(GoDurations.print(expected)).isEqualTo(printed);
        assertThat(GoDurations.parse(printed)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "s", "1 s", "-1s", "1d", "1s2", "1e3s", "9999999999s"})
    void parse_whatIsNoDuration_isRefusedWithItsText(String text) {
        assertThatThrownBy(() -> GoDurations.parse(text))
                .hasMessage("'" + text + "' is no duration such as 200ms, 20s or 1h30m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999999h"})
    void parse_whatNoTimerCanWaitFor_isRefused(String text) {
        assertThatThrownBy(() -> GoDurations.parse(text)).hasMessage("'999999999h' is too long a duration");
    }
}
