package io.vtsphere.tablet.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.vitess.proto.Query.BindVariable;
import io.vitess.proto.Query.Type;
import io.vitess.proto.Query.Value;
import io.vtsphere.vterrors.VtException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementAnalyserTest {
    private static final Map<String, BindVariable> VARIABLES = Map.of(
            "v",
                    BindVariable.newBuilder()
                            .setType(Type.INT64)
                            .setValue(ByteString.copyFromUtf8("7"))
                            .build(),
            "l",
                    BindVariable.newBuilder()
                            .setType(Type.TUPLE)
                            .addValues(Value.newBuilder().setType(Type.INT64).setValue(ByteString.copyFromUtf8("1")))
                            .build());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "select 1 | SELECT",
                "(select 1) union (select 2) | SELECT",
                "with c as (select 1) select * from c | SELECT",
                "with c as (select 1) update t, c set a = 1 | UPDATE",
                "values row(1) | SELECT",
                "insert into t values (1) | INSERT",
                "replace into t values (1) | INSERT",
                "update t set a = 1, b = 2 where c in (select x from y limit 3) | UPDATE_LIMIT",
                "update t set a = 1 limit 3 | UPDATE",
                "update t, u set a = 1 | UPDATE",
                "update t join u on t.a = u.a set t.b = 1 | UPDATE",
                "delete from t where a = 1 | DELETE_LIMIT",
                "delete low_priority from t | DELETE_LIMIT",
                "delete from t limit 1 | DELETE",
                "delete t from t join u | DELETE",
                "delete from t using t join u | DELETE",
                "create table t(a int) | DDL",
                "truncate table t | DDL",
                "set a = 1 | SET",
                "show tables | SHOW",
                "explain select 1 | OTHER_READ",
                "optimize table t | OTHER_ADMIN",
                "savepoint a | SAVEPOINT",
                "release savepoint a | RELEASE",
                "rollback to a | ROLLBACK_SAVEPOINT",
                "rollback work to savepoint a | ROLLBACK_SAVEPOINT",
                "load data infile 'x' into table t | LOAD",
                "flush tables | FLUSH",
                "lock tables t read | LOCK_TABLES",
                "unlock tables | UNLOCK_TABLES",
                "call p() | CALL_PROCEDURE",
                "select next 5 values from seq | NEXTVAL",
                "select get_lock('a', 1) | SELECT_LOCK_FUNC",
                "select 'get_lock(' from t | SELECT",
                "/* c */ select 1 | SELECT"
            })
    void analyse_statement_hasItsKind(String sql, PlanType type) {
        assertThat(StatementAnalyser.analyse(sql).type()).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "select a from t | select a from t limit 11",
                "select a from t; | select a from t limit 11;",
                "select a from t /* tail */ | select a from t limit 11 /* tail */",
                "select a from t limit 5 | select a from t limit 5",
                "select a from (select b from u limit 5) x | select a from (select b from u limit 5) x limit 11",
                "select a from t where b = :v for update | select a from t where b = 7  limit 11 for update",
                "select a from t lock in share mode | select a from t  limit 11 lock in share mode",
                "select a from t for share of t skip locked | select a from t  limit 11 for share of t skip locked",
                "select a from t use index for join (x) | select a from t use index for join (x) limit 11",
                "select a into @x from t | select a into @x from t",
                "select a from t union select b from u | select a from t union select b from u limit 11",
                "update t set a = :v | update t set a = 7 limit 11",
                "delete from t where a in ::l | delete from t where a in (1) limit 11",
                "insert into t values (:v) | insert into t values (7)",
                "select ':v', \":v\", `:v`, :v | select ':v', \":v\", `:v`, 7 limit 11",
                "select 'it''s \\' :v' /* :v */, :v -- :v | select 'it''s \\' :v' /* :v */, 7 limit 11 -- :v",
                "select @a := :v | select @a := 7 limit 11",
                "select :v/*! , :v */ | select 7/*! , 7 limit 11 */",
                "show tables | show tables"
            })
    void command_statement_getsValuesAndLimitInTheirPlaces(String sql, String expected) {
        ByteBuf command = StatementAnalyser.analyse(sql).command(UnpooledByteBufAllocator.DEFAULT, VARIABLES, 11);
        assertThat(command.readUnsignedMediumLE()).isEqualTo(command.readableBytes() - 1);
        assertThat(command.readByte()).isZero();
        assertThat(command.readByte()).isEqualTo((byte) 3);
        assertThat(command.toString(StandardCharsets.UTF_8)).isEqualTo(expected);
    }

    @Test
    void analyse_lineComments_endWithTheirLine() {
        assertThat(StatementAnalyser.analyse("-- a\n# b\nselect 1--1").type()).isEqualTo(PlanType.SELECT);
    }

    @Test
    void command_longStatement_isSplitIntoPackets() {
        String sql = "select '" + "x".repeat(17 << 20) + "'";
        ByteBuf command = StatementAnalyser.analyse(sql).command(UnpooledByteBufAllocator.DEFAULT, Map.of(), 0);
        assertThat(command.getUnsignedMediumLE(0)).isEqualTo(0xFFFFFF);
        assertThat(command.getByte(4 + 0xFFFFFF + 3)).isEqualTo((byte) 1);
        assertThat(command.readableBytes()).isEqualTo(sql.length() + 1 + 8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"commit", "begin", "rollback", "start transaction", "use x", "kill 5", "rollback work"})
    void analyse_transactionStatements_areNoTextForATablet(String sql) {
        assertThatThrownBy(() -> StatementAnalyser.analyse(sql))
                .isInstanceOf(VtException.class)
                .hasMessage("invalid SQL");
    }

    @Test
    void analyse_garbage_saysWhere() {
        assertThatThrownBy(() -> StatementAnalyser.analyse("selec 1"))
                .hasMessage("syntax error at position 6 near 'selec'");
        assertThatThrownBy(() -> StatementAnalyser.analyse("")).hasMessage("Query was empty");
        assertThatThrownBy(() -> StatementAnalyser.analyse("/* only */")).hasMessage("Query was empty");
        assertThatThrownBy(() -> StatementAnalyser.analyse("select 1; select 2"))
                .hasMessage("Expected a single statement");
        assertThatThrownBy(() -> StatementAnalyser.analyse("select next x values from s"))
                .hasMessageStartingWith("syntax error at position 21 near 'values'");
    }

    @Test
    void analyse_sequenceStatement_hasTableAndCount() {
        assertThat(StatementAnalyser.analyse("select next value from s").nextVal())
                .isEqualTo(new QueryPlan.NextVal("s", "1", null));
        assertThat(StatementAnalyser.analyse("select next :n values from `my``s`")
                        .nextVal())
                .isEqualTo(new QueryPlan.NextVal("my`s", null, "n"));
        assertThat(StatementAnalyser.analyse("select next 12 values from ks.s").nextVal())
                .isEqualTo(new QueryPlan.NextVal("s", "12", null));
    }

    @Test
    void analyse_temporaryTable_isMarked() {
        assertThat(StatementAnalyser.analyse("create temporary table t(a int)").temporaryTable())
                .isTrue();
        assertThat(StatementAnalyser.analyse("create table t(a int)").temporaryTable())
                .isFalse();
    }
}
