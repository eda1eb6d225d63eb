package io.vtsphere.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void pauses_doubleUpToTheLast_andStartAnewAfterReset() {
        Backoff backoff = new Backoff(Duration.ofMillis(2), Duration.ofMillis(10), bound -> bound - 1);
        assertThat(new long[] {backoff.next(), backoff.next(), backoff.next(), backoff.next(), backoff.next()})
                .containsExactly(2_000_000, 4_000_000, 8_000_000, 10_000_000, 10_000_000);
        backoff.reset();
        assertThat(backoff.next()).isEqualTo(2_000_000);
    }

    @Test
    void jitter_shortensByUpToAHalf() {
        Backoff backoff = new Backoff(Duration.ofMillis(2), Duration.ofSeconds(4), bound -> 0);
        assertThat(backoff.next()).isEqualTo(1_000_000);
        assertThat(backoff.next()).isEqualTo(2_000_000);
    }
}
