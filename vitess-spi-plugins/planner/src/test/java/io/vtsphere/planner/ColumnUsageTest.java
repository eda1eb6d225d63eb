package io.vtsphere.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vtsphere.vterrors.VtException;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnUsageTest {
    /** A star over a table of MySQL's own: its columns are known to MySQL only. */
    private static final Set<Integer> DIFFERENT = Set.of(150);

    private final RecordedPlans recorded = RecordedPlans.withColumns();

    private String keys(String sql) {
        Plan plan = recorded.plan("customer", "vexplain keys " + sql);
        return ((Primitive.KeysShown) plan.root()).json();
    }

    @Test
    void everyRecordedStatement_usesTheColumnsThatVtgateShowed() throws IOException {
        Map<Integer, String> different = new TreeMap<>();
        int compared = 0;
        for (var plans = recorded.plans(); plans.hasNext(); ) {
            JsonNode statement = plans.next();
            if (!statement.has("keys")) {
                continue;
            }
            compared++;
            JsonNode ours =
                    new ObjectMapper().readTree(keys(statement.get("sql").asText()));
            if (!ours.equals(statement.get("keys"))) {
                different.put(
                        statement.get("n").asInt(),
                        statement.get("sql") + "\n   ours   " + ours + "\n   vtgate " + statement.get("keys"));
            }
        }
        assertThat(compared).isGreaterThan(50);
        assertThat(different)
                .allSatisfy((number, text) -> assertThat(DIFFERENT).as(text).contains(number));
        assertThat(different.keySet()).isEqualTo(DIFFERENT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select id from person where 3 < grp and name like 'a%' and tag not in ('x') and ratio between 1 and 2"
                        + "|filterColumns|person.`name` like, person.`ratio` ge, person.`ratio` le, person.grp gt,"
                        + " person.tag not in",
                "select c.email from person p join customer c on p.grp > c.customer_id"
                        + "|joinPredicates|customer.customer_id lt person.grp",
                "select o.sku from customer join corder o using (customer_id)"
                        + "|joinPredicates|corder.customer_id = customer.customer_id",
                "select * from customer join corder o using (customer_id)"
                        + "|selectColumns|corder.order_id, corder.price, corder.sku, customer.customer_id,"
                        + " customer.email",
                "select grp as g, count(*) from person group by 1 having g > 2|filterColumns|person.grp gt",
                "select grp + 1 as g from person group by g|groupingColumns|",
                "select id from person where grp = score|filterColumns|person.grp =, person.score =",
                "select (select max(price) from corder where sku = 'a') from customer"
                        + "|selectColumns|corder.price, corder.sku",
                "with t as (select id, grp from person where grp = 2) select id from t"
                        + "|selectColumns|person.grp, person.id",
                "insert into person(id) select customer_id from customer where email = 'x'"
                        + "|filterColumns|customer.email =",
                "select id from person where grp <=> 3|filterColumns|person.grp <=>"
            })
    void columns_areShownByTheirUse(String sql, String use, String columns) throws IOException {
        JsonNode shown = new ObjectMapper().readTree(keys(sql));
        StringBuilder text = new StringBuilder();
        if (shown.has(use)) {
            shown.get(use)
                    .forEach(column -> text.append(text.isEmpty() ? "" : ", ").append(column.asText()));
        }
        assertThat(text.toString()).isEqualTo(columns == null ? "" : columns);
    }

    @Test
    void layout_isThatOfGo() {
        assertThat(keys("select id from person"))
                .isEqualTo("{\n\t\"statementType\": \"SELECT\",\n\t\"selectColumns\": [\n\t\t\"person.id\"\n\t]\n}");
    }

    @Test
    void unknownTable_isAnError() {
        assertThatThrownBy(() -> keys("select 1 from nowhere"))
                .isInstanceOfSatisfying(
                        VtException.class, e -> assertThat(e.errno()).isEqualTo(1146));
    }
}
