package io.vtsphere.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns of gathered rows are found where MySQL takes a column for them: each as {@code table[.column] = rows[.column]}, ? for nullable. */
class GatherOriginsTest {
    private final RecordedPlans keyspaces = RecordedPlans.load();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "select c.* from customer c, commerce.product p|c = __rows0",
                "select 1 from commerce.product p left join customer c on c.email = p.sku|c = __rows0 ?",
                "select 1 from customer c right join commerce.product p on c.email = p.sku|c = __rows0 ?",
                "select d.x from (select email as x, p.sku from customer c, commerce.product p) d"
                        + "|d.x = __rows0.email",
                "select d.y from (select * from (select c.email as y from customer c) e) d, commerce.product p"
                        + "|d.y = __rows0.email",
                "with t as (select customer_id from customer) select 1 from t a, commerce.product p"
                        + "|a.customer_id = __rows0.customer_id",
                "select count(*) from customer c, commerce.product p group by email with rollup|c = __rows0 ?",
                "select d.email from (select distinct email from customer) d, commerce.product p|d = __rows0",
                "select d.n from (select c.email n from customer c join commerce.product p on p.sku = c.email"
                        + " group by c.email) d|",
                "select email from customer union select sku from commerce.product|",
            })
    void columns(String sql, String expected) {
        Primitive planned = keyspaces.plan("customer", sql).root();
        Primitive root = planned instanceof Primitive.Either either && either.preferred() instanceof Primitive.Join
                ? either.otherwise()
                : Primitive.Either.preferred(planned);
        List<String> origins = ((Primitive.Gather) root)
                .origins().stream()
                        .map(origin -> origin.table() + (origin.output() == null ? "" : "." + origin.output()) + " = "
                                + origin.rows() + (origin.column() == null ? "" : "." + origin.column())
                                + (origin.nullable() ? " ?" : ""))
                        .toList();
        assertThat(String.join(", ", origins)).isEqualTo(expected == null ? "" : expected);
    }
}
