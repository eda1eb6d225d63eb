package io.vtsphere.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which gathered queries may be answered a part of one table's rows at a time. */
class GatherSplitTest {
    private final RecordedPlans keyspaces = RecordedPlans.load();

    private Primitive.Gather gather(String sql) {
        Primitive root = keyspaces.plan("customer", sql).root();
        return (Primitive.Gather) (root instanceof Primitive.Either either ? either.otherwise() : root);
    }

    /** The tables that may be split, each with those that its rows reduce; what is done with the parts' rows; what each part is asked. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select c.email, o.price from corder o join customer c on c.customer_id = o.order_id"
                        + "|corder>customer customer>corder|Route"
                        + "|c.email, o.price from",
                "select c.email from corder o left join customer c on c.customer_id = o.order_id"
                        + "|corder>customer|Route|c.email from",
                "select c.email from corder o join customer c on c.customer_id = o.order_id order by o.price limit 3, 2"
                        + "|corder>customer customer>corder|Limit Route"
                        + "|c.email, o.price, weight_string(o.price) from __rows0 as o",
                "select c.customer_id, sum(o.price) from corder o join customer c on c.customer_id = o.order_id group by 1"
                        + "|corder>customer customer>corder|Aggregate Route"
                        + "|c.customer_id, sum(o.price), weight_string(c.customer_id) from",
                "select avg(o.price) from corder o join customer c on c.customer_id = o.order_id"
                        + "|corder>customer customer>corder|Aggregate Route"
                        + "|sum(o.price) as `avg(o.price)`, count(o.price) from",
                "select distinct c.customer_id from corder o join customer c on c.customer_id = o.order_id"
                        + "|corder>customer customer>corder|Distinct Route|distinct c.customer_id, weight_string(c.customer_id) from",
                "select email from customer where customer_id in (select order_id from corder where price > 5)"
                        + "|customer>|Route|email from",
                "select c.email from customer c where not exists (select 1 from corder o where o.order_id = c.customer_id)"
                        + "|customer>corder|Route|c.email from",
                "select a.price from corder a, corder b where a.order_id = b.price"
                        + "|corder>corder corder>corder|Route|a.price from",
            })
    void linear(String sql, String split, String merge, String part) {
        Primitive.Gather gather = gather(sql);
        GatherParts parts = gather.parts();
        assertThat(parts).isNotNull();
        List<String> tables = parts.split().stream()
                .map(table -> name(gather, table.table()) + ">"
                        + String.join(
                                ",",
                                table.reductions().stream()
                                        .map(reduction -> name(gather, reduction.table()))
                                        .toList()))
                .toList();
        assertThat(String.join(" ", tables)).isEqualTo(split);
        StringBuilder steps = new StringBuilder();
        Primitive step = parts.merge();
        while (step instanceof Primitive.Inner inner) {
            steps.append(step.getClass().getSimpleName()).append(' ');
            step = inner.inputs().get(0);
        }
        assertThat(step).isSameAs(parts.route());
        assertThat(steps + "Route").isEqualTo(merge);
        assertThat(parts.route().query().sql()).contains(part, GatherPlanner.HINT, "__rows0 as (");
    }

    private static String name(Primitive.Gather gather, String rows) {
        return gather.tables().stream()
                .filter(table -> table.name().equals(rows))
                .findFirst()
                .orElseThrow()
                .table();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select o.price, rand() from corder o join customer c on c.customer_id = o.order_id",
                "select o.price, now() from corder o join customer c on c.customer_id = o.order_id",
                "select o.price, current_timestamp from corder o join customer c on c.customer_id = o.order_id",
                "select row_number() over (order by o.price) from corder o join customer c on c.customer_id = o.order_id",
                "select count(distinct o.price) from corder o join customer c on c.customer_id = o.order_id",
                "select group_concat(o.price) from corder o join customer c on c.customer_id = o.order_id",
                "select sum(o.price) from corder o join customer c on c.customer_id = o.order_id having sum(o.price) > 1",
                "select o.sku, sum(o.price) from corder o join customer c on c.customer_id = o.order_id group by o.sku with rollup",
                "select o.price from corder o join customer c on c.customer_id = o.order_id union select 1",
                "select d.n from (select o.price as n from corder o join customer c on c.customer_id = o.order_id) as d",
                "with d as (select o.price as n from corder o join customer c on c.customer_id = o.order_id) select n from d",
            })
    void notLinear(String sql) {
        assertThat(gather(sql).parts()).isNull();
    }
}
