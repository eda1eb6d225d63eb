package io.vtsphere.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vtsphere.sql.BoundValue;
import io.vtsphere.sql.SqlModes;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vindex.VindexRegistry;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CachedPlannerTest {
    private final RecordedPlans keyspaces = RecordedPlans.load();
    private final AtomicInteger planned = new AtomicInteger();
    private final PlanCache cache = PlanCache.open(1 << 20, new SimpleMeterRegistry());
    private final CachedPlanner planner =
            new CachedPlanner(new Planner(VindexRegistry.load()), cache, plan -> planned.incrementAndGet());

    @Test
    void statementsThatDifferInLiterals_shareOnePlan() {
        CachedPlanner.Bound first = plan("select email from customer where customer_id = 5");
        CachedPlanner.Bound second = plan("select email from customer  where customer_id = 77");

        assertThat(second.plan()).isSameAs(first.plan());
        assertThat(planned).hasValue(1);
        Primitive.Route route = (Primitive.Route) first.plan().root();
        assertThat(route.query().sql())
                .isEqualTo("select email from customer where customer_id = :customer_id /* INT64 */");
        assertThat(route.routing().values()).containsExactly(new RouteValue.Bind("customer_id"));
        assertThat(first.values()).containsExactly(new BoundValue("customer_id", SqlValue.int64(5), null));
        assertThat(second.values()).containsExactly(new BoundValue("customer_id", SqlValue.int64(77), null));
    }

    @Test
    void literalsThatNameAColumn_giveAnotherPlanWithTheOtherName() {
        Primitive.Route one = (Primitive.Route)
                plan("select 1+1 from customer where customer_id = 5").plan().root();
        Primitive.Route two = (Primitive.Route)
                plan("select 1+2 from customer where customer_id = 5").plan().root();

        assertThat(one.query().sql())
                .isEqualTo("select 1 + 1 as `1+1` from customer where customer_id = :customer_id /* INT64 */");
        assertThat(two.query().sql())
                .isEqualTo("select 1 + 2 as `1+2` from customer where customer_id = :customer_id /* INT64 */");
        assertThat(planned).hasValue(2);
    }

    @Test
    void valuesOfAnotherType_arePlannedAnew() {
        plan("select email from customer where customer_id = 5");
        plan("select email from customer where customer_id = '5'");

        assertThat(planned).hasValue(2);
    }

    @Test
    void inList_isOneListOfAnyLength() {
        CachedPlanner.Bound two = plan("select email from customer where customer_id in (1, 2)");
        CachedPlanner.Bound three = plan("select email from customer where customer_id in (3, 4, 5)");

        assertThat(three.plan()).isSameAs(two.plan());
        Primitive.Route route = (Primitive.Route) two.plan().root();
        assertThat(route.routing().opcode()).isEqualTo(Opcode.IN);
        assertThat(route.query().sql()).isEqualTo("select email from customer where customer_id in ::__vals");
        assertThat(three.values().get(0).list())
                .isEqualTo(List.of(SqlValue.int64(3), SqlValue.int64(4), SqlValue.int64(5)));
    }

    @Test
    void limitAndOffset_areBound() {
        Primitive.Limit limit = (Primitive.Limit)
                plan("select email from customer limit 2, 3").plan().root();

        assertThat(limit.count()).isInstanceOf(RouteValue.Bind.class);
        assertThat(limit.offset()).isInstanceOf(RouteValue.Bind.class);
        plan("select email from customer limit 20, 30");
        assertThat(planned).hasValue(1);
    }

    @Test
    void insertRows_bindTheirValues() {
        CachedPlanner.Bound bound = plan("insert into customer(customer_id, email) values (1, 'a'), (2, 'b')");

        Primitive.Insert insert = (Primitive.Insert) bound.plan().root();
        assertThat(insert.prefix()).isEqualTo("insert into customer(customer_id, email) values ");
        assertThat(insert.rows())
                .containsExactly("(:_customer_id_0, :vtg2 /* VARCHAR */)", "(:_customer_id_1, :vtg4 /* VARCHAR */)");
        assertThat(insert.suffix()).isEmpty();
        assertThat(bound.values()).hasSize(4);
    }

    @Test
    void notKept_isPlannedEachTime() {
        String sql = "select email from customer where customer_id = 5";

        planner.plan(
                sql, SqlModes.DEFAULT, keyspaces.state(), PlanTarget.primary("customer"), PlanSettings.NONE, false);
        planner.plan(
                sql, SqlModes.DEFAULT, keyspaces.state(), PlanTarget.primary("customer"), PlanSettings.NONE, false);

        assertThat(planned).hasValue(2);
    }

    @Test
    void planThatIsNotApproved_isRefusedEachTime() {
        CachedPlanner strict = new CachedPlanner(new Planner(VindexRegistry.load()), cache, plan -> {
            throw VtError.VT12001.with("anything");
        });

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> strict.plan(
                            "select email from customer",
                            SqlModes.DEFAULT,
                            keyspaces.state(),
                            PlanTarget.primary("customer"),
                            PlanSettings.NONE,
                            true))
                    .isInstanceOf(VtException.class)
                    .hasMessage("VT12001: unsupported: anything");
        }
    }

    private CachedPlanner.Bound plan(String sql) {
        return planner.plan(
                sql, SqlModes.DEFAULT, keyspaces.state(), PlanTarget.primary("customer"), PlanSettings.NONE, true);
    }
}
