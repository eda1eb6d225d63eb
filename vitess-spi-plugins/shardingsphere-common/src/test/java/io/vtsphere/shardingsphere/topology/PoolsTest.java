package io.vtsphere.shardingsphere.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.vtsphere.shardingsphere.rule.DatabaseSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With URLs of no driver: nothing is connected. */
class PoolsTest {
    private final AtomicLong now = new AtomicLong();
    private final Pools pools = new Pools(
            new DatabaseSettings(2, Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(30)),
            name -> "jdbc:vitess://" + name,
            now::get);

    @AfterEach
    void close() {
        pools.close();
    }

    @Test
    void shardThatIsGone_staysForItsTimeAndOneChangeMore() {
        assertThat(pools.keep("customer", List.of("customer/-"))).containsExactly("customer/-");
        assertThat(pools.isDraining()).isFalse();
        List<String> two = List.of("customer/-80", "customer/80-");
        assertThat(pools.keep("customer", two)).containsExactly("customer/-80", "customer/80-", "customer/-");
        assertThat(pools.isDraining()).isTrue();
        now.addAndGet(Duration.ofSeconds(29).toNanos());
        assertThat(pools.keep("customer", two)).contains("customer/-");
        now.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(pools.keep("customer", two)).isEqualTo(two);
        pools.closeReleased(List.of("customer/-", "customer/-80", "customer/80-"));
        assertThat(pools.all()).as("a statement may still come").containsKey("customer/-");
        pools.closeReleased(two);
        assertThat(pools.all()).containsOnlyKeys("customer/-80", "customer/80-");
        assertThat(pools.isDraining()).isFalse();
    }

    @Test
    void shardThatComesBack_isTheSamePool() {
        pools.keep("customer", List.of("customer/-"));
        Object pool = pools.all().get("customer/-");
        pools.keep("customer", List.of("customer/-80", "customer/80-"));
        now.addAndGet(Duration.ofSeconds(31).toNanos());
        pools.keep("customer", List.of("customer/-80", "customer/80-"));
        assertThat(pools.keep("customer", List.of("customer/-"))).startsWith("customer/-");
        pools.closeReleased(List.of());
        assertThat(pools.all().get("customer/-")).isSameAs(pool);
    }

    @Test
    void otherKeyspaces_areNotTouched() {
        pools.keep("commerce", List.of("commerce/0"));
        assertThat(pools.keep("customer", List.of("customer/-"))).containsExactly("customer/-");
        assertThat(pools.all()).hasSize(2);
    }
}
