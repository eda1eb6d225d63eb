package io.vtsphere.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vitess.proto.Query;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.topo.ServingStates;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** SQL from end to end, with the real planner, over tablets that keep books. */
class GateTest {
    private static final List<Query.Field> CUSTOMER =
            List.of(Results.field("customer_id", SqlType.INT64), Results.field("email", SqlType.VARCHAR));

    private final FakeTablets tablets = new FakeTablets();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Gate gate = gate(Map.of());
    private Client client = new Client(gate);

    GateTest() {
        client.initDb("customer");
    }

    private Gate gate(Map<String, String> flags) {
        return Gate.open(GateConfig.of(flags), ServingStates.fixed(Cluster.commerce()), tablets, meters);
    }

    private void reopen(Map<String, String> flags) {
        close();
        gate = gate(flags);
        client = new Client(gate);
        client.initDb("customer");
    }

    @AfterEach
    void close() {
        client.close();
        gate.close();
    }

    @Test
    void pointSelect_goesToItsShard() {
        tablets.answer((target, query) -> Results.rows(CUSTOMER, Results.row("1", "ann@x.org")));

        Client.Answer answer = client.query("select customer_id, email from customer where customer_id = 1");

        assertThat(answer.texts()).containsExactly(List.of("1", "ann@x.org"));
        assertThat(answer.fields()).isEqualTo(CUSTOMER);
        assertThat(tablets.log()).hasSize(1).allMatch(call -> call.startsWith("-80: select customer_id, email from"));
        assertThat(meters.get("vtgate.query.executions")
                        .tags("query", "SELECT", "plan", "Passthrough", "tablet", "PRIMARY")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("vtgate.api.rows.returned").counter().count()).isEqualTo(1);
    }

    @Test
    void insert_takesItsKeyFromTheSequence_andReportsIt() {
        tablets.answer((target, query) -> target.keyspace().equals("commerce")
                ? Results.rows(List.of(Results.field("nextval", SqlType.INT64)), Results.row("4"))
                : Results.affected(1));

        Client.Answer answer = client.query("insert into customer(email) values ('dan@y.org')");

        assertThat(answer.end().insertId()).isEqualTo(4);
        assertThat(tablets.log()).hasSize(2);
        assertThat(tablets.log().get(0)).isEqualTo("0: select next :n values from customer_seq");
        assertThat(tablets.log().get(1)).startsWith("80-: insert into customer");
        assertThat(client.query("select last_insert_id()").texts()).containsExactly(List.of("4"));
        assertThat(client.query("select row_count()").texts()).containsExactly(List.of("-1"));
    }

    @Test
    void prepared_bindsItsParameters() {
        tablets.answer((target, query) -> query.getSql().contains("1 != 1")
                ? Results.rows(CUSTOMER)
                : Results.rows(
                        CUSTOMER,
                        Results.row(
                                query.getBindVariablesOrThrow("v1").getValue().toStringUtf8(), "x")));

        PreparedPlan plan = client.prepare("select customer_id, email from customer where customer_id = ?");
        assertThat(plan.paramCount()).isEqualTo(1);
        assertThat(plan.fields()).isEqualTo(CUSTOMER);
        assertThat(client.execute(plan, SqlValue.int64(1)).texts()).containsExactly(List.of("1", "x"));
        assertThat(client.execute(plan, SqlValue.int64(4)).texts()).containsExactly(List.of("4", "x"));

        assertThat(tablets.log()).hasSize(3);
        assertThat(tablets.log().get(1)).startsWith("-80: select");
        assertThat(tablets.log().get(2)).startsWith("80-: select");
        tablets.clearLog();
        assertThat(client.prepare("select customer_id, email from customer where customer_id = ?")
                        .fields())
                .isEqualTo(CUSTOMER);
        assertThat(tablets.log()).isEmpty();
    }

    @Test
    void prepared_writes_haveNoColumns() {
        PreparedPlan plan = client.prepare("update customer set email = ? where customer_id = ?");
        assertThat(plan.paramCount()).isEqualTo(2);
        assertThat(plan.fields()).isEmpty();
        tablets.answer((target, query) -> Results.affected(1));
        assertThat(client.execute(plan, SqlValue.varchar("e"), SqlValue.int64(4))
                        .end()
                        .affectedRows())
                .isEqualTo(1);
        assertThat(tablets.log()).hasSize(1).allMatch(call -> call.startsWith("80-: update"));
    }

    @Test
    void use_switchesTheTarget_andDatabaseSaysIt() {
        assertThat(client.query("select database()").texts()).containsExactly(List.of("customer"));
        client.query("use `customer:-80@replica`");
        assertThat(client.session.targetString()).isEqualTo("customer:-80@replica");
        client.query("use commerce");
        assertThat(client.query("select database()").texts()).containsExactly(List.of("commerce"));
        VtException unknown = client.error("use nope");
        assertThat(unknown.errno()).isEqualTo(1049);
        assertThat(unknown.getMessage()).isEqualTo("VT05003: unknown database 'nope' in vschema");
    }

    @Test
    void use_ofAReplicaInATransaction_is1192() {
        client.query("begin");
        VtException error = client.error("use `customer@replica`");
        assertThat(error.errno()).isEqualTo(1192);
        assertThat(error.sqlState()).isEqualTo("HY000");
        assertThat(error.getMessage())
                .isEqualTo("can't execute the given command because you have an active transaction");
    }

    @Test
    void userVariables() {
        client.query("set @a = 1, @b = 'x', @c = null, @d = -2.50");
        assertThat(client.query("select @a, @b, @c, @d, @never").texts())
                .containsExactly(java.util.Arrays.asList("1", "x", null, "-2.50", null));
    }

    @Test
    void autocommit_off_opensATransactionWhenDataIsTouched() {
        assertThat(client.query("set autocommit = 0").end().statusFlags()).isZero();
        assertThat(client.query("select @@autocommit").texts()).containsExactly(List.of("0"));
        tablets.answer((target, query) -> Results.rows(CUSTOMER));
        assertThat(client.query("select * from customer where customer_id = 4")
                        .end()
                        .statusFlags())
                .isEqualTo(1);
        assertThat(tablets.openTransactions()).isEqualTo(1);
        assertThat(client.query("set autocommit = 1").end().statusFlags()).isEqualTo(2);
        assertThat(tablets.openTransactions()).isZero();
        assertThat(tablets.log()).last().isEqualTo("80-: commit");
    }

    @Test
    void setErrors() {
        errors("set nosuchvar = 1", 1193, "VT05006: unknown system variable '@@nosuchvar = 1'");
        errors("set version = 'x'", 1238, "VT03010: variable 'version' is a read only variable");
        errors("set sql_log_off = 1", 1235, "VT12001: unsupported: system setting: sql_log_off");
        errors(
                "set autocommit = 'maybe'",
                1231,
                "variable 'autocommit' can't be set to the value: 'maybe' is not a boolean");
        errors("set sql_select_limit = 'x'", 1232, "incorrect argument type to variable 'sql_select_limit': VARCHAR");
        errors("set names utf8mb3", 1235, "charset/name utf8mb3 is not supported");
        errors("set workload = 'x'", 1231, "invalid workload: x");
        errors("set transaction_mode = 'x'", 1231, "invalid transaction_mode: x");
        errors("set session_uuid = 'x'", 1193, "unknown system variable 'session_uuid'");
        errors(
                "set transaction_isolation = 'bogus'",
                1231,
                "Variable 'transaction_isolation' can't be set to the value of 'bogus'");
        errors(
                "set @@vitess_metadata.k1 = 'v1'",
                1045,
                "User 'userData1' not authorized to perform vitess metadata operations");
        errors("kill 5", 1095, "VT07001: kill statement execution not permitted.");
        assertThat(client.query(
                                "set names utf8mb4, wait_timeout = 5, max_allowed_packet = 7, global max_connections = 1")
                        .end()
                        .warnings())
                .isZero();
    }

    private void errors(String sql, int errno, String message) {
        VtException error = client.error(sql);
        assertThat(error.getMessage()).isEqualTo(message);
        assertThat(error.errno()).as(sql).isEqualTo(errno);
    }

    /** Answers checks of settings as a server whose every setting has the value {@code server}. */
    private void serverHas(String server) {
        tablets.answer((target, query) -> {
            String sql = query.getSql();
            if (sql.contains(" from dual where @@")) {
                String value = sql.substring("select ".length(), sql.indexOf(" from dual"));
                List<Query.Field> field = List.of(Results.field("v", SqlType.VARCHAR));
                return value.equals(server) ? Results.rows(field) : Results.rows(field, Results.row(value));
            }
            if (sql.startsWith("set ") && sql.contains("bogus")) {
                throw VtException.of(Code.INVALID_ARGUMENT, "wrong value (errno 1231) (sqlstate 42000)");
            }
            return Results.rows(CUSTOMER);
        });
    }

    @Test
    void setting_thatMySqlTakesAsAHint_travelsInEveryQuery() {
        serverHas("1");
        client.query("set foreign_key_checks = off");
        tablets.clearLog();
        client.query("select email from customer where customer_id = 1");
        assertThat(tablets.log()).hasSize(1).allMatch(call -> call.contains("/*+ SET_VAR(foreign_key_checks = 0) */"));
        assertThat(client.query("select @@foreign_key_checks").texts()).containsExactly(List.of("0"));

        client.query("set foreign_key_checks = on");
        tablets.clearLog();
        client.query("select email from customer where customer_id = 1");
        assertThat(tablets.log()).hasSize(1).noneMatch(call -> call.contains("SET_VAR"));
    }

    @Test
    void setting_thatNeedsAConnectionOfItsOwn_reservesOne_andIsReleased() {
        serverHas("'SYSTEM'");
        client.query("set time_zone = '+03:00'");
        tablets.clearLog();
        client.query("select email from customer where customer_id = 1");
        client.query("select email from customer where customer_id = 1");
        assertThat(tablets.log())
                .hasSize(2)
                .anyMatch(call -> call.startsWith("-80: reserve [set time_zone = '+03:00'] select"))
                .anyMatch(call -> call.startsWith("-80: reserved select"));
        client.query("begin");
        client.query("select email from customer where customer_id = 4");
        assertThat(tablets.log()).last().asString().startsWith("80-: reserve begin");
        client.reset();
        assertThat(tablets.openTransactions()).isZero();
        assertThat(tablets.reservedConnections()).isZero();
        tablets.clearLog();
        client.query("select email from customer where customer_id = 1");
        assertThat(tablets.log()).hasSize(1).noneMatch(call -> call.contains("reserve"));
    }

    /** The next user of a pooled connection would else lose what it believes committed. */
    @Test
    void reset_forgetsWhatTheClientSet() {
        client.query("set autocommit = 0");
        client.query("set session transaction read only");
        client.query("set @a = 1");
        client.query("set sql_select_limit = 3");
        client.query("prepare p from 'select 1'");
        client.reset();
        assertThat(client.query("select @a, @@autocommit, @@sql_select_limit, @@transaction_read_only")
                        .texts())
                .containsExactly(java.util.Arrays.asList(null, "1", "0", "0"));
        assertThat(client.error("execute p").getMessage()).startsWith("VT09011");
        assertThat(client.session.statusFlags() & SessionState.STATUS_AUTOCOMMIT)
                .isNotZero();
    }

    /** CREATE TABLE and its like take no hints: without this a dump with foreign keys could not be loaded. */
    @Test
    void settings_reachDdl_onAConnectionOfItsOwn() {
        serverHas("1");
        client.query("set foreign_key_checks = 0");
        client.query("select email from customer where customer_id = 1");
        assertThat(tablets.reservedConnections()).isZero();
        tablets.clearLog();
        client.query("create table t (id int)");
        assertThat(tablets.log()).isNotEmpty().allMatch(call -> call.contains("reserve [set foreign_key_checks = 0]"));
    }

    /** An INSERT without a list of columns that follows a CREATE TABLE, as in every dump, is planned by the new table. */
    @Test
    void ddl_isAnsweredWhenItsEffectIsKnown() throws Exception {
        java.util.concurrent.BlockingQueue<Runnable> seen = new java.util.concurrent.LinkedBlockingQueue<>();
        gate.onSchemaChange((keyspace, known) -> {
            assertThat(keyspace).isEqualTo("customer");
            seen.add(known);
        });
        java.util.concurrent.CompletableFuture<Client.Answer> answer =
                java.util.concurrent.CompletableFuture.supplyAsync(() -> client.query("create table t (id int)"));
        Runnable known = java.util.Objects.requireNonNull(seen.poll(10, java.util.concurrent.TimeUnit.SECONDS));
        assertThat(answer).isNotDone();
        known.run();
        assertThat(answer.get(10, java.util.concurrent.TimeUnit.SECONDS).end().affectedRows())
                .isZero();
    }

    @Test
    void set_takesAllValuesBeforeAUserVariableChanges() {
        client.query("set @a = 1, @b = 2");
        client.query("set @a = @b, @b = @a");
        assertThat(client.query("select @a, @b").texts()).containsExactly(List.of("2", "1"));
        assertThat(client.error("set @a = 9, transaction_isolation = 'bogus'").errno())
                .isEqualTo(1231);
        assertThat(client.query("select @a").texts()).containsExactly(List.of("2"));
    }

    /** As MySQL: only turning it on where it was off commits. */
    @Test
    void autocommit_thatIsOnAlready_endsNoTransaction() {
        tablets.answer((target, query) -> Results.affected(1));
        client.query("begin");
        client.query("update customer set email = 'x' where customer_id = 1");
        client.query("set autocommit = 1");
        assertThat(tablets.openTransactions()).isOne();
        client.query("set autocommit = 0");
        client.query("set autocommit = 1");
        assertThat(tablets.openTransactions()).isZero();
    }

    /** As MySQL. SQLAlchemy relies on it: it opens each session's first nested transaction so. */
    @Test
    void savepoint_withoutAutocommit_beginsTheTransaction() {
        tablets.answer((target, query) -> Results.affected(1));
        client.query("set autocommit = 0");
        client.query("savepoint a");
        client.query("update customer set email = 'x' where customer_id = 1");
        client.query("rollback to a");
        assertThat(tablets.log()).hasSize(2);
        assertThat(tablets.log().get(0)).startsWith("-80: begin [savepoint a] update customer");
        assertThat(tablets.log().get(1)).isEqualTo("-80: tx rollback to a");
    }

    @Test
    void setting_thatMySqlRefuses_doesNotBreakTheSession() {
        serverHas("'SYSTEM'");
        assertThat(client.error("set time_zone = 'bogus'").errno()).isEqualTo(1231);
        tablets.clearLog();
        client.query("select email from customer where customer_id = 1");
        assertThat(tablets.log()).hasSize(1).allMatch(call -> call.startsWith("-80: select"));
        assertThat(tablets.reservedConnections()).isZero();
    }

    @Test
    void readOnlySession_refusesWrites() {
        client.query("set session transaction read only");
        assertThat(client.error("update customer set email = 'x' where customer_id = 1")
                        .errno())
                .isEqualTo(1792);
        client.query("set session transaction read write");
        tablets.answer((target, query) -> Results.affected(1));
        client.query("update customer set email = 'x' where customer_id = 1");
    }

    @Test
    void showWarnings_keepsThem_otherStatementsClearThem() {
        client.query("set transaction read only");
        assertThat(client.query("show warnings").texts())
                .containsExactly(List.of("Warning", "1235", "converted 'next transaction' scope to 'session' scope"));
        assertThat(client.session.warningCount()).isEqualTo(1);
        client.query("set @a = 1");
        assertThat(client.query("show warnings").texts()).isEmpty();
    }

    @Test
    void shows() {
        assertThat(client.query("show vitess_shards").texts())
                .containsExactly(List.of("commerce/0"), List.of("customer/-80"), List.of("customer/80-"));
        assertThat(client.query("show vitess_shards like 'customer/%'").texts())
                .containsExactly(List.of("customer/-80"), List.of("customer/80-"));
        assertThat(client.query("show vitess_target").texts()).containsExactly(List.of("customer"));
        assertThat(client.query("show keyspaces").texts())
                .containsExactlyInAnyOrder(List.of("commerce"), List.of("customer"));
        assertThat(client.query("show vschema tables").texts()).contains(List.of("customer"));
        assertThat(client.query("show vitess_tablets").fields())
                .extracting(Query.Field::getName)
                .containsExactly(
                        "Cell",
                        "Keyspace",
                        "Shard",
                        "TabletType",
                        "State",
                        "Alias",
                        "Hostname",
                        "PrimaryTermStartTime");
    }

    @Test
    void noScatter_refusesAScatter_unlessTheStatementAllowsIt() {
        reopen(Map.of("no-scatter", "true"));
        tablets.answer((target, query) -> Results.rows(CUSTOMER));
        assertThat(client.error("select email from customer").getMessage())
                .isEqualTo("plan includes scatter, which is disallowed using the `no-scatter` command line argument");
        client.query("select /*vt+ ALLOW_SCATTER */ email from customer");
    }

    @Test
    void payload_aboveTheLimit_isRefused() {
        reopen(Map.of("max-payload-size", "50"));
        VtException error = client.error("select email from customer where email = '" + "x".repeat(50) + "'");
        assertThat(error.errno()).isEqualTo(1153);
        assertThat(error.getMessage()).contains("max-payload-size is 50");
    }

    @Test
    void syntaxErrors_are1064() {
        VtException error = client.error("selec 1");
        assertThat(error.errno()).isEqualTo(1064);
        assertThat(error.getMessage()).startsWith("syntax error at position");
    }

    @Test
    void preparedInSql_runWithTheirArguments() {
        tablets.answer((target, query) -> Results.rows(
                CUSTOMER,
                Results.row(query.getBindVariablesOrThrow("v1").getValue().toStringUtf8(), "x")));
        client.query("prepare p1 from 'select customer_id, email from customer where customer_id = ?'");
        client.query("set @id = 4");

        assertThat(client.query("execute P1 using @id").texts()).containsExactly(List.of("4", "x"));

        errors("execute p1", 1210, "VT03025: Incorrect arguments to EXECUTE");
        client.query("deallocate prepare p1");
        errors("execute p1", 1243, "VT09011: Unknown prepared statement handler (p1) given to EXECUTE");
        errors(
                "deallocate prepare p1",
                1243,
                "VT09011: Unknown prepared statement handler (p1) given to DEALLOCATE PREPARE");
    }

    @Test
    void sqlSelectLimit_limitsWhatHasNoLimit() {
        client.query("set sql_select_limit = 2");
        tablets.answer((target, query) -> Results.rows(CUSTOMER, Results.row("1", "a"), Results.row("2", "b")));
        assertThat(client.query("select customer_id, email from customer").rows())
                .hasSize(2);
        assertThat(client.query("select customer_id, email from customer limit 3")
                        .rows())
                .hasSize(3);
        client.query("set sql_select_limit = default");
        assertThat(client.query("select customer_id, email from customer").rows())
                .hasSize(4);
    }

    @Test
    void showVariables_sayWhatTheGateKeeps() {
        List<Query.Field> fields = List.of(
                Results.field("Variable_name", SqlType.VARCHAR).toBuilder()
                        .setTable("session_variables")
                        .build(),
                Results.field("Value", SqlType.VARCHAR));
        tablets.answer((target, query) -> Results.rows(
                fields, Results.row("autocommit", "ON"), Results.row("port", "1"), Results.row("version", "8.0.15")));
        client.query("set autocommit = 0");
        assertThat(client.query("show variables").texts())
                .containsExactly(
                        List.of("autocommit", "OFF"), List.of("port", "1"), List.of("version", "8.4.6-Vitess"));
    }

    @Test
    void countOverShards() {
        tablets.answer((target, query) -> Results.rows(
                List.of(Results.field("count(*)", SqlType.INT64)),
                Results.row(target.shard().equals("-80") ? "5" : "2")));
        Client.Answer answer = client.query("select count(*) from customer");
        assertThat(answer.texts()).containsExactly(List.of("7"));
        assertThat(answer.fields()).extracting(Query.Field::getName).containsExactly("count(*)");
    }
}
