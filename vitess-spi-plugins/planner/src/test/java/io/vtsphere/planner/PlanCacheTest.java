package io.vtsphere.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PlanCacheTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final PlanCache cache = PlanCache.open(100_000, meters);

    @Test
    void get_sameKeyTwice_plansOnceAndCountsAHit() {
        AtomicInteger planned = new AtomicInteger();

        Plan first = cache.get(key("select 1", 1), () -> plan(planned, Directives.NONE, "select 1"));
        Plan second = cache.get(key("select 1", 1), () -> plan(planned, Directives.NONE, "select 1"));

        assertThat(second).isSameAs(first);
        assertThat(planned).hasValue(1);
        assertThat(counter("hits")).isEqualTo(1);
        assertThat(counter("misses")).isEqualTo(1);
        assertThat(gauge("length")).isEqualTo(1);
        assertThat(gauge("size")).isBetween(200.0, 1000.0);
        assertThat(gauge("capacity")).isEqualTo(100_000);
    }

    @Test
    void get_otherEpochTargetOrSettings_isAnotherPlan() {
        AtomicInteger planned = new AtomicInteger();
        PlanCache.Key key = key("select 1", 1);
        List<PlanCache.Key> keys = List.of(
                key,
                key("select 1", 2),
                new PlanCache.Key("select 1", PlanTarget.primary("other"), 1, PlanSettings.NONE),
                new PlanCache.Key(
                        "select 1",
                        key.target(),
                        1,
                        new PlanSettings(java.util.Set.of(), "SET_VAR(unique_checks = 0)")));

        keys.forEach(each -> cache.get(each, () -> plan(planned, Directives.NONE, "select 1")));

        assertThat(planned).hasValue(4);
    }

    @Test
    void get_moreThanFits_evictsAndStaysBelowItsCapacity() {
        AtomicInteger planned = new AtomicInteger();

        for (int i = 0; i < 2000; i++) {
            String text = "select " + "x".repeat(100) + i;
            cache.get(key(text, 1), () -> plan(planned, Directives.NONE, text));
        }

        assertThat(gauge("size")).isLessThanOrEqualTo(100_000);
        assertThat(counter("evictions")).isGreaterThan(1000);
    }

    @Test
    void get_plannerRefuses_passesTheErrorAndKeepsNothing() {
        assertThatThrownBy(() -> cache.get(key("select x", 1), () -> {
                    throw VtError.VT12001.with("x");
                }))
                .isInstanceOf(VtException.class)
                .hasMessage("VT12001: unsupported: x");
        assertThat(cache.get(key("select x", 1))).isNull();
    }

    @Test
    void put_directiveSkipPlanCache_isNotKept() {
        Directives skip = new Directives(-1, false, false, false, false, true, false, null, null, null);

        cache.put(key("select 1", 1), plan(new AtomicInteger(), skip, "select 1"));

        assertThat(cache.get(key("select 1", 1))).isNull();
    }

    @Test
    void retainEpoch_dropsTheOthers() {
        cache.put(key("select 1", 1), plan(new AtomicInteger(), Directives.NONE, "select 1"));
        cache.put(key("select 1", 2), plan(new AtomicInteger(), Directives.NONE, "select 1"));

        cache.retainEpoch(2);

        assertThat(cache.get(key("select 1", 1))).isNull();
        assertThat(cache.get(key("select 1", 2))).isNotNull();
    }

    private static PlanCache.Key key(String text, long epoch) {
        return new PlanCache.Key(text, PlanTarget.primary("customer"), epoch, PlanSettings.NONE);
    }

    private static Plan plan(AtomicInteger count, Directives directives, String sql) {
        count.incrementAndGet();
        Routing routing = Routing.of(Opcode.UNSHARDED, "commerce", false);
        Primitive send = new Primitive.Send(routing, QueryText.of(sql), false, false, List.of());
        return new Plan(StatementKind.SELECT, send, List.of(), directives, false);
    }

    private double counter(String name) {
        return meters.get("vtgate.query.plan.cache." + name).functionCounter().count();
    }

    private double gauge(String name) {
        return meters.get("vtgate.query.plan.cache." + name).gauge().value();
    }
}
