package io.vtsphere.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.vtsphere.faults.Operation.Kind;
import io.vtsphere.faults.Operation.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class TailTest {
    /** A hundred statements a second; the slowest of each second takes what the function says, the others a millisecond. */
    private static List<Operation> seconds(int count, IntUnaryOperator slowestMillis) {
        List<Operation> operations = new ArrayList<>();
        for (int second = 0; second < count; second++) {
            for (int i = 0; i < 100; i++) {
                long at = second * 1_000_000_000L + i * 10_000_000L;
                long millis = i == 50 ? slowestMillis.applyAsInt(second) : 1;
                operations.add(new Operation(Kind.INSERT, "-80", i, i, at, at + millis * 1_000_000, Outcome.OK, ""));
            }
        }
        return operations;
    }

    @Test
    void oneBadMoment_spoilsTheWholeStretch_butNotTheMedianOfItsSeconds() {
        List<Operation> operations = seconds(3, second -> 8);
        operations.addAll(seconds(1, second -> 8).stream()
                .map(op -> new Operation(
                        op.kind(),
                        op.shard(),
                        op.key(),
                        0,
                        op.intendedNanos() + 3_000_000_000L,
                        op.endNanos() + 3_900_000_000L,
                        op.outcome(),
                        ""))
                .toList());
        Tail tail = Tail.of(operations);
        assertThat(tail.typical()).isEqualTo(8);
        assertThat(tail.whole()).isGreaterThan(900);
    }

    @Test
    void latenciesThatStayHigh_areNotBack() {
        Tail before = Tail.of(seconds(4, second -> 60));
        assertThat(Tail.of(seconds(4, second -> 71)).isBack(before)).isTrue();
        assertThat(Tail.of(seconds(4, second -> 73)).isBack(before)).isFalse();
        assertThat(Tail.of(seconds(4, second -> second < 2 ? 200 : 60)).isBack(before))
                .as("half of the seconds are slow")
                .isFalse();
    }

    @Test
    void aFifthOfFewMilliseconds_isNoise() {
        Tail before = Tail.of(seconds(4, second -> 5));
        assertThat(Tail.of(seconds(4, second -> 15)).isBack(before)).isTrue();
        assertThat(Tail.of(seconds(4, second -> 16)).isBack(before)).isFalse();
    }

    @Test
    void secondsWithFewStatements_areLeftOut() {
        List<Operation> operations = new ArrayList<>(seconds(2, second -> 8));
        operations.add(new Operation(Kind.INSERT, "-80", 1, 1, 5_000_000_000L, 9_000_000_000L, Outcome.OK, ""));
        assertThat(Tail.of(operations).typical()).isEqualTo(8);
    }
}
