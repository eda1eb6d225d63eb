package io.vtsphere.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rows are gathered by the rows of another table: each as {@code table.column = table.column}, in the order of the reads. */
class GatherReducedTest {
    private final RecordedPlans keyspaces = RecordedPlans.load();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select count(*) from corder o join customer c on c.customer_id = o.order_id where o.customer_id = 1"
                        + "|corder, customer.customer_id = corder.order_id",
                "select email from customer where customer_id in (select order_id from corder where customer_id = 1)"
                        + "|corder, customer.customer_id = corder.order_id",
                "select email from customer c where exists (select 1 from corder o where o.order_id = c.customer_id"
                        + " and o.customer_id = 1)|corder, customer.customer_id = corder.order_id",
                "select email from customer where customer_id not in (select order_id from corder where customer_id = 1)"
                        + "|corder, customer",
                "select email from customer c where not exists (select 1 from corder o where o.order_id = c.customer_id"
                        + " and o.customer_id = 1)|corder, customer",
                "select email from customer where customer_id in (select order_id from corder where customer_id = 1) or"
                        + " email = 'a'|corder, customer",
                "select email from customer where customer_id in (select max(order_id) from corder o where o.price > 1)"
                        + "|corder, customer",
                "select email from customer c where exists (select count(*) from corder o where o.order_id ="
                        + " c.customer_id and o.customer_id = 1)|corder, customer",
                "select email, customer_id in (select order_id from corder where customer_id = 1) from customer"
                        + "|corder, customer",
                "select email from customer where customer_id in (select order_id + 1 from corder where customer_id = 1)"
                        + "|corder, customer",
            })
    void reads(String sql, String expected) {
        Primitive root = keyspaces.plan("customer", sql).root();
        Primitive.Gather gather =
                (Primitive.Gather) (root instanceof Primitive.Either either ? either.otherwise() : root);
        List<String> reads = gather.tables().stream()
                .map(table -> table.table() + (table.reduced() == null ? "" : by(gather, table.reduced())))
                .toList();
        assertThat(String.join(", ", reads)).isEqualTo(expected);
    }

    private static String by(Primitive.Gather gather, GatheredTable.Reduced reduced) {
        GatheredTable source = gather.tables().stream()
                .filter(table -> table.name().equals(reduced.source()))
                .findFirst()
                .orElseThrow();
        return "." + reduced.column() + " = " + source.table() + "." + reduced.sourceColumn();
    }
}
