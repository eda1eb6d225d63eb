package io.vtsphere.planner;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.vtsphere.sql.SqlModes;
import io.vtsphere.sql.SqlParser;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.topo.TabletType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the planner makes of columns whose types it knows. */
class TypedColumnsTest {
    private static final String VSCHEMA = """
            {"sharded": true, "vindexes": {"xx": {"type": "xxhash"}, "bin": {"type": "binary"}, "num": {"type": "numeric"},
                "mail": {"type": "lookup_unique", "params": {"table": "mails", "from": "mail", "to": "id", "ignore_nulls": "true"},
                  "owner": "t"}},
             "tables": {
              "t": {"column_vindexes": [{"column": "id", "name": "xx"}, {"column": "mail", "name": "mail"}], "columns": [
                {"name": "id", "type": "INT64"}, {"name": "f", "type": "FLOAT32"},
                {"name": "s", "type": "VARCHAR", "collation_name": "utf8mb4_general_ci"},
                {"name": "n", "type": "VARCHAR", "collation_name": "utf8mb4_0900_ai_ci"},
                {"name": "mail", "type": "VARCHAR", "collation_name": "utf8mb4_bin"}], "column_list_authoritative": true},
              "b": {"column_vindexes": [{"column": "k", "name": "bin"}], "columns": [{"name": "k", "type": "VARCHAR"}]},
              "n": {"column_vindexes": [{"column": "k", "name": "num"}], "columns": [{"name": "k", "type": "UINT64"}]},
              "mails": {"column_vindexes": [{"column": "mail", "name": "bin"}]}}}""";

    private final TwoShards shards;

    TypedColumnsTest() throws InvalidProtocolBufferException {
        shards = new TwoShards(VSCHEMA);
    }

    private Primitive plan(String sql) {
        PlanTarget target = new PlanTarget("k", null, TabletType.PRIMARY, null);
        Primitive root = shards.planner()
                .plan(sql, SqlParser.parse(sql, SqlModes.DEFAULT), shards.state(), target, PlanSettings.NONE)
                .root();
        return Primitive.Either.preferred(root);
    }

    /** {@code '05'} equals the integer 5, but has another hash. */
    @Test
    void integerColumn_isFoundByTheTextOfTheInteger() {
        assertThat(((Primitive.Route) plan("select f from t where id = '05'"))
                        .routing()
                        .values())
                .containsExactly(new RouteValue.OfInteger(new RouteValue.Literal(SqlValue.varchar("05"))));
        assertThat(((Primitive.Route) plan("select f from t where id in (:a, 7.0)"))
                        .routing()
                        .values()
                        .get(0))
                .isInstanceOf(RouteValue.OfInteger.class);
        assertThat(ComparedValue.ofInteger(SqlValue.varchar("05"))).isEqualTo(SqlValue.int64(5));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select k from b where k between 'B' and 'b'|SCATTER",
                "select k from n where k between 5 and 7|BETWEEN",
            })
    void between_routesWhereTheColumnHasTheVindexOrder(String sql, Opcode opcode) {
        assertThat(((Primitive.Route) plan(sql)).routing().opcode()).isEqualTo(opcode);
    }

    @Test
    void floats_areMergedByAllTheirDigits() {
        assertThat(((Primitive.Route) plan("select f from t order by f"))
                        .query()
                        .sql())
                .isEqualTo("select f, f * 1e0 from t order by f asc");
    }

    /** Where a collation pads, a shard's first different weights may be one value: {@code 'a'} and {@code 'a '}. */
    @ParameterizedTest
    @CsvSource({"s, false", "n, true", "f, true"})
    void distinct_takesTheLimitAlong_whereEqualValuesHaveOneWeight(String column, boolean limited) {
        Primitive.Limit limit = (Primitive.Limit) plan("select distinct " + column + " from t limit 3");
        Primitive.Route route =
                (Primitive.Route) ((Primitive.Distinct) limit.input()).inputs().get(0);
        assertThat(route.query().sql().contains("limit")).isEqualTo(limited);
    }

    /** Rows without an entry lie anywhere. */
    @Test
    void lookupThatIgnoresNull_doesNotKeepGroupsTogether() {
        assertThat(plan("select mail, count(*) from t group by mail")).isInstanceOf(Primitive.Aggregate.class);
    }

    @Test
    void aliasInsideOfAnOrderByExpression_isItsExpression() {
        assertThat(((Primitive.Route) plan("select f as q from t order by q + 1"))
                        .query()
                        .sql())
                .isEqualTo("select f as q, f + 1, weight_string(f + 1) from t order by q + 1 asc");
        assertThat(((Primitive.Route) plan("select s as f from t order by f + 1"))
                        .query()
                        .sql())
                .contains(", f + 1, ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select f from t order by :p, id|order by null asc, id asc",
                "select 3 as k, id, f, count(*) from t group by k, f|group by k, f order by f asc",
            })
    void constants_areNoPlacesOfColumns(String sql, String sent) {
        Primitive plan = plan(sql);
        Primitive route = plan instanceof Primitive.Inner inner ? inner.inputs().get(0) : plan;
        assertThat(((Primitive.Route) route).query().sql()).endsWith(sent);
    }

    @Test
    void numberOfNoColumn_isLeftToMySql() {
        assertThat(plan("select id from t order by 99999999999999999999")).isNotNull();
    }
}
