package io.vtsphere.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keyspace customer has two shards: customer and corder by customer_id, person by id, country on every shard. Its columns are known. */
class JoinPlannerTest {
    private final RecordedPlans keyspaces = RecordedPlans.withColumns();

    private Primitive root(String sql) {
        return keyspaces.plan("customer", sql).root();
    }

    private static Primitive.@Nullable Join join(Primitive step) {
        Primitive root = Primitive.Either.preferred(step);
        if (root instanceof Primitive.Limit limit) {
            root = limit.input();
        }
        if (root instanceof Primitive.Sort sort) {
            root = sort.input();
        }
        return root instanceof Primitive.Join join ? join : null;
    }

    private static String queries(Primitive.@Nullable Join join) {
        assertThat(join).isNotNull();
        return join.parts().stream()
                .map(part -> (part.outer() ? "+" : "") + query(part.rows()))
                .collect(Collectors.joining(" / "));
    }

    private static String query(Primitive rows) {
        Primitive.Route route =
                (Primitive.Route) (rows instanceof Primitive.VindexLookup lookup ? lookup.route() : rows);
        return route.query().sql();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select p.name, r.label from person p join commerce.region r on r.id = p.id where p.name > 'x' and r.label is null"
                        + "|select r.label, r.id from region as r where r.label is null"
                        + " / select p.`name`, p.id from person as p where p.`name` > 'x' and p.id in ::__vals",
                "select p.name, r.label from commerce.region r, person p where r.id = p.id and p.id = 7"
                        + "|select p.`name`, p.id from person as p where p.id = 7 / select r.label, r.id from region as r where r.id in ::p_id",
                "select 1 from person p left join commerce.region r on r.id = p.id and r.label = 'x'"
                        + "|select 1, p.id from person as p / +select r.id from region as r where r.label = 'x' and r.id in ::p_id",
                "select r.id from commerce.region r right join person p on r.id = p.id"
                        + "|select p.id from person as p / +select r.id from region as r where r.id in ::p_id",
                "select p.id from person p left join commerce.region r on r.id = p.id where r.label = 'x'"
                        + "|select r.id from region as r where r.label = 'x' / select p.id from person as p where p.id in ::__vals",
                "select p.id from person p, commerce.region r|select p.id from person as p / select 1 from region as r",
                "select c.customer_id from customer c join corder o on o.customer_id = c.customer_id join commerce.region r on r.id = o.customer_id"
                        + "|select c.customer_id, o.customer_id from customer as c join corder as o where o.customer_id = c.customer_id"
                        + " / select r.id from region as r where r.id in ::o_customer_id",
                "select p.id from person p join commerce.region r on r.id = p.id for update"
                        + "|select r.id from region as r for update / select p.id from person as p where p.id in ::__vals for update"
            })
    void parts_areReadByThemselves(String sql, String queries) {
        assertThat(queries(join(root(sql)))).isEqualTo(queries);
    }

    @Test
    void order_isThatOfTheFirstPart_whereItSortsByItAlone() {
        Primitive root = Primitive.Either.preferred(
                root("select r.label from person p join commerce.region r on r.id = p.id order by p.score, 1 limit 3"));
        assertThat(((Primitive.Limit) root).input()).isInstanceOf(Primitive.Sort.class);

        Primitive byOne = Primitive.Either.preferred(
                root("select p.score s from person p join commerce.region r on r.id = p.id order by s desc, p.id"));
        assertThat(queries(join(byOne)))
                .startsWith("select p.score as s, p.id, weight_string(p.score), weight_string(p.id) from person as p"
                        + " order by p.score desc, p.id asc");
        assertThat(byOne).isInstanceOf(Primitive.Join.class);
    }

    @Test
    void limit_isTheFirstPartsToo_whereOnlyOuterJoinsAddToIt() {
        Primitive root = Primitive.Either.preferred(
                root(
                        "select p.id, r.label from person p left join commerce.region r on r.id = p.grp order by p.id limit 2, 5"));

        Primitive.Join join = join(root);
        assertThat(join).isNotNull();
        assertThat(query(((Primitive.Limit) join.parts().get(0).rows()).input()))
                .endsWith(" order by p.id asc limit :__upper_limit");
        assertThat(queries(join(root("select p.id from person p join commerce.region r on r.id = p.grp limit 5"))))
                .doesNotContain("limit");
    }

    @Test
    void rowsWithoutAMatch_areFoundByAColumnThatIsNull() {
        Primitive.Join join = join(root(
                "select p.name from person p left join commerce.region r on r.id = p.id where r.id is null limit 5"));

        assertThat(queries(join))
                .isEqualTo(
                        "select p.`name`, p.id from person as p / +select r.id from region as r where r.id in ::p_id");
        assertThat(join.parts().get(1).nulls()).containsExactly(0);
    }

    @Test
    void conditionsOfAnOuterJoinOnTheOtherSide_areComputedThere() {
        Primitive.Join join =
                join(root("select p.name from person p left join commerce.region r on r.id = p.id and p.score > 3"));

        assertThat(queries(join))
                .isEqualTo("select p.`name`, p.id, p.score > 3 is true from person as p"
                        + " / +select r.id from region as r where r.id in ::p_id");
        assertThat(join.parts().get(1).guards()).containsExactly(new JoinGuard(0, 2));
    }

    @Test
    void stars_areThoseOfTheirParts() {
        Primitive.Join join = join(root("select *, p.id as x from person p join commerce.region r on r.id = p.id"));

        assertThat(queries(join))
                .isEqualTo(
                        "select r.*, r.id from region as r / select p.*, p.id as x from person as p where p.id in ::__vals");
        assertThat(join.items())
                .isEqualTo(List.of(new JoinItem(1, 0, -2), new JoinItem(0, 0, -2), new JoinItem(1, -1, -1)));
    }

    @Test
    void bindVariables_haveNamesThatNoOtherHas() {
        Primitive.Join join = join(root("select p.id from person p join commerce.region r on r.id = p.id"
                + " join person p_id on p_id.grp = p.id and p_id.score = :p_id"));

        assertThat(join.parts())
                .extracting(JoinPart::keys)
                .doesNotHaveDuplicates()
                .doesNotContain("p_id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select count(*) from person p join commerce.region r on r.id = p.id",
                "select distinct p.id from person p join commerce.region r on r.id = p.id",
                "select p.id from person p join commerce.region r on r.id = p.id group by p.id",
                "select p.id + r.id from person p join commerce.region r on r.id = p.id",
                "select p.id from person p join commerce.region r on r.id > p.id",
                "select p.id from person p join commerce.region r on r.id = p.id + 1",
                "select p.id from person p join commerce.region r on r.id <=> p.id",
                "select p.id from person p join commerce.region r on r.id = p.id or p.id = 1",
                "select p.id from person p join commerce.region r using (id)",
                "select p.id from person p natural join commerce.region r",
                "select p.id, r.id + 1 from person p left join commerce.region r on r.id = p.id",
                "select p.id from person p left join commerce.region r on r.id = p.id where coalesce(r.label, 'x') = 'x'",
                "select p.id, rand() from person p join commerce.region r on r.id = p.id",
                "select p.id, (select 1) from person p join commerce.region r on r.id = p.id",
                "select p.id from person p join commerce.region r on r.id = p.id order by p.id + r.id",
                "select p.id from person p join commerce.region r on r.id = p.id order by count(*)",
                "select p.id as x, r.id as X from person p join commerce.region r on r.id = p.id order by x",
                "select p.id, p.grp id from person p join commerce.region r on r.id = p.id order by id",
                "select *, p.grp as label from person p join commerce.region r on r.id = p.id order by label",
                "with x as (select 1) select p.id from person p join commerce.region r on r.id = p.id",
                "select p.*, r.*, q.* from person p join commerce.region r on r.id = p.grp join person q on q.id = p.id"
            })
    void whatIsNotCertainToBeExact_isGathered(String sql) {
        assertThat(join(root(sql))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select p.id from person p join commerce.region r on r.id = p.id where match(p.name) against ('x')",
                "select p.id from person p join commerce.region r on r.id = p.id for update skip locked"
            })
    void whatNeitherWayAnswers_isRefused(String sql) {
        assertThatThrownBy(() -> root(sql)).hasMessageStartingWith("VT12001: unsupported: ");
    }

    @Test
    void namesWithoutATable_countOnlyWhereAllColumnsAreKnown() {
        assertThat(join(root("select name, label from person p join commerce.region r on r.id = p.id")))
                .isNotNull();
        assertThat(join(RecordedPlans.load()
                        .plan("customer", "select name, label from person p join commerce.region r on r.id = p.id")
                        .root()))
                .isNull();
    }
}
