package io.vtsphere.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vtsphere.topo.TabletType;
import io.vtsphere.vindex.KeyRange;
import io.vtsphere.vindex.KeyspaceId;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerTest {
    private static final PlanTarget SHARD =
            new PlanTarget("customer", new ShardTarget.Shard("-80"), TabletType.PRIMARY, null);

    private final RecordedPlans keyspaces = RecordedPlans.load();

    @Test
    void pointSelect_isOneRouteWithEverythingPrinted() {
        Plan plan = keyspaces.plan("customer", "select email from customer where customer_id = :id");

        Primitive.Route route = (Primitive.Route) plan.root();
        assertThat(route.routing().opcode()).isEqualTo(Opcode.EQUAL_UNIQUE);
        assertThat(route.routing().requireVindex().name()).isEqualTo("hash");
        assertThat(route.routing().values()).containsExactly(new RouteValue.Bind("id"));
        assertThat(route.query())
                .isEqualTo(new QueryText("select email from customer where customer_id = :id", List.of("id")));
        assertThat(route.fieldQuery()).isEqualTo("select email from customer where 1 != 1");
        assertThat(route.tables()).containsExactly("customer.customer");
        assertThat(plan.kind()).isEqualTo(StatementKind.SELECT);
        assertThat(plan.touchesData()).isTrue();
        assertThat(plan.sessionValues()).isEmpty();
    }

    /** MySQL 8.0.15 counts the NULLs too where only COUNTs are asked for and one of them counts what is never NULL. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select count(email), count(*) from customer|select count(email), count(*), max(1) from customer",
                "select count(email), count(customer_id) from customer limit 1|select count(email), count(customer_id), max(1) from customer",
                "select count(email), count(*), sum(customer_id) from customer|select count(email), count(*), sum(customer_id) from customer",
                "select count(*), count(1) from customer|select count(*), count(1) from customer",
                "select count(email) from customer|select count(email) from customer",
                "select sku, count(price), count(*) from corder group by sku|select sku, count(price), count(*), weight_string(sku) from corder group by sku order by sku asc"
            })
    void countsOnly_areAskedForBesideAnotherAggregate(String sql, String sent) {
        Primitive plan = keyspaces.plan("customer", sql).root();

        while (plan instanceof Primitive.Inner inner) {
            plan = inner.inputs().get(0);
        }
        assertThat(((Primitive.Route) plan).query().sql()).isEqualTo(sent);
    }

    @Test
    void sameArguments_giveEqualPlans() {
        String sql = "select email, count(*) from customer group by email order by 2 limit 3";

        assertThat(keyspaces.plan("customer", sql)).isEqualTo(keyspaces.plan("customer", sql));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "insert into customer(customer_id) values (1)",
                "update customer set email = 'x'",
                "delete from customer",
                "create table t (a int)"
            })
    void writesOnAReplicaTarget_areRefused(String sql) {
        PlanTarget replica = new PlanTarget("customer", null, TabletType.REPLICA, null);

        assertThatThrownBy(() -> keyspaces.plan(replica, sql))
                .isInstanceOf(VtException.class)
                .hasMessage("supported only for primary tablet type, current type: replica");
    }

    @Test
    void writesOnAReplicaShard_areVT09002() {
        PlanTarget replica = new PlanTarget("customer", new ShardTarget.Shard("-80"), TabletType.REPLICA, null);

        assertThatThrownBy(() -> keyspaces.plan(replica, "delete from customer"))
                .hasMessage("VT09002: delete statement with a replica target");
    }

    @Test
    void readsOnAReplicaTarget_arePlannedAsOnThePrimary() {
        String sql = "select email from customer where customer_id = 1";

        Plan replica = keyspaces.plan(new PlanTarget("customer", null, TabletType.REPLICA, null), sql);

        assertThat(replica).isEqualTo(keyspaces.plan("customer", sql));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select * from customer.customer c where email = 'x'|select * from customer as c where email = 'x'",
                "select * from nosuch|select * from nosuch",
                "show tables|show tables",
                "insert into customer.customer(customer_id) values (1)|insert into customer(customer_id) values (1)",
                "select last_insert_id()|select :__lastInsertId as `last_insert_id()` from dual"
            })
    void shardTarget_bypassesPlanning(String sql, String sent) {
        Primitive.Send send = (Primitive.Send) keyspaces.plan(SHARD, sql).root();

        assertThat(send.query().sql()).isEqualTo(sent);
        assertThat(send.routing()).isEqualTo(Routing.byDestination("customer", true, new ShardTarget.Shard("-80")));
        assertThat(send.dml()).isEqualTo(sql.startsWith("insert"));
    }

    @Test
    void insertIntoAKeyRange_isVT03023() {
        PlanTarget range = new PlanTarget(
                "customer", new ShardTarget.ExactKeyRange(KeyRange.parse("-80")), TabletType.PRIMARY, null);

        assertThatThrownBy(() -> keyspaces.plan(range, "insert into customer(customer_id) values (1)"))
                .hasMessage("VT03023: INSERT not supported when targeting a key range: customer[-80]");
    }

    @Test
    void shardTargetWithoutKeyspace_isVT09005() {
        ShardTarget owner = new ShardTarget.OwnerOf(KeyspaceId.of(new byte[] {0x40}));

        assertThatThrownBy(() -> keyspaces.plan(new PlanTarget(null, owner, TabletType.PRIMARY, null), "select 1"))
                .hasMessageStartingWith("VT09005: no database selected");
    }

    @Test
    void withoutKeyspace_tablesAreFoundByTheirUniqueNames() {
        Primitive.Route route = (Primitive.Route) keyspaces
                .plan(PlanTarget.primary(null), "select sku from product")
                .root();

        assertThat(route.routing()).isEqualTo(Routing.of(Opcode.UNSHARDED, "commerce", false));
    }

    @Test
    void showCreateTable_withoutKeyspace_asksTheTablesOwn() {
        Primitive.Send send = (Primitive.Send) keyspaces
                .plan(PlanTarget.primary(null), "show create table person")
                .root();

        assertThat(send.routing()).isEqualTo(Routing.byDestination("customer", true, ShardTarget.ANY));
    }

    @Test
    void sessionValues_becomeBindVariablesThatThePlanNames() {
        Plan plan = keyspaces.plan(
                PlanTarget.primary("customer"),
                "select @A, @@session.sql_mode, @@autocommit, last_insert_id() from customer where customer_id = @a",
                new PlanSettings(Set.of("sql_mode"), ""));

        assertThat(plan.sessionValues())
                .containsExactly(
                        new SessionValue("__vtudva", SessionValue.Kind.USER_VARIABLE, "a"),
                        new SessionValue("__vtsql_mode", SessionValue.Kind.SYSTEM_VARIABLE, "sql_mode"),
                        new SessionValue("__vtautocommit", SessionValue.Kind.SYSTEM_VARIABLE, "autocommit"),
                        new SessionValue("__lastInsertId", SessionValue.Kind.LAST_INSERT_ID, null));
        assertThat(((Primitive.Route) plan.root()).query().sql())
                .isEqualTo("select :__vtudva as `@A`, :__vtsql_mode as `@@session.sql_mode`, "
                        + ":__vtautocommit as `@@autocommit`, :__lastInsertId as `last_insert_id()` "
                        + "from customer where customer_id = :__vtudva");
    }

    @Test
    void setVarHint_goesIntoTheFirstHintComment() {
        PlanSettings settings = new PlanSettings(Set.of(), "SET_VAR(unique_checks = 0)");
        PlanTarget target = PlanTarget.primary("customer");

        assertThat(sent(keyspaces.plan(target, "select 1 from customer where customer_id = 1", settings)))
                .isEqualTo("select /*+ SET_VAR(unique_checks = 0) */ 1 from customer where customer_id = 1");
        assertThat(sent(keyspaces.plan(
                        target, "select /*+ NO_ICP(customer) */ 1 from customer where customer_id = 1", settings)))
                .isEqualTo(
                        "select /*+ NO_ICP(customer) SET_VAR(unique_checks = 0) */ 1 from customer where customer_id = 1");
        assertThat(sent(keyspaces.plan(
                        target,
                        "select 1 from customer where customer_id = 1 union select 2 from customer where customer_id = 1",
                        settings)))
                .isEqualTo("select /*+ SET_VAR(unique_checks = 0) */ 1 from customer where customer_id = 1"
                        + " union select 2 from customer where customer_id = 1");
    }

    @Test
    void columnNames_areThoseOfTheClientsText() {
        String sql = "select COUNT( * ), 'a', sku, 1+1 from product";

        assertThat(sent(keyspaces.plan("commerce", sql)))
                .isEqualTo("select count(*) as `COUNT( * )`, 'a', sku, 1 + 1 as `1+1` from product");
    }

    @Test
    void statementsOfTheSession_carryTheirTree() {
        Plan plan = keyspaces.plan("customer", "set @a = 1");

        assertThat(plan.kind()).isEqualTo(StatementKind.SET);
        assertThat(plan.root()).isInstanceOf(Primitive.SessionCommand.class);
        assertThat(plan.touchesData()).isFalse();
    }

    @Test
    void plan_printsItselfAsVexplainDoes() {
        assertThat(keyspaces
                        .plan("customer", "select email from customer where customer_id = 1")
                        .toJson())
                .isEqualToIgnoringWhitespace("""
                        {
                          "OperatorType": "Route",
                          "Variant": "EqualUnique",
                          "Keyspace": {
                            "Name": "customer",
                            "Sharded": true
                          },
                          "FieldQuery": "select email from customer where 1 != 1",
                          "Query": "select email from customer where customer_id = 1",
                          "Values": [
                            "1"
                          ],
                          "Vindex": "hash"
                        }""");
    }

    private static String sent(Plan plan) {
        return ((Primitive.Route) plan.root()).query().sql();
    }
}
