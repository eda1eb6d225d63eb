package io.vtsphere.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vtsphere.sql.SqlPrinter;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputDmlTest {
    private final RecordedPlans keyspaces = RecordedPlans.load();

    private Primitive.InputWrite plan(String sql) {
        return (Primitive.InputWrite) keyspaces.plan("customer", sql).root();
    }

    private static String query(Primitive.InputWrite write, String... key) {
        return SqlPrinter.print(write.rows().query(List.of(List.of(key))));
    }

    private static String write(Primitive.InputWrite write, String... key) {
        return SqlPrinter.print(write.rows().targets().get(0).write(List.of(key), 2));
    }

    @Test
    void limit_readsTheFirstRowsAndWritesThemByTheirKeys() {
        Primitive.InputWrite write = plan("update person set name = 'x' where grp = 2 order by score, id limit 3");

        assertThat(query(write, "id"))
                .isEqualTo("select person.id from person where grp = 2 order by score asc, id asc limit 3 for update");
        assertThat(write(write, "id"))
                .isEqualTo("update person set `name` = 'x' where id in ::__dml_vals order by score asc, id asc");
        assertThat(Primitive.Either.preferred(write.input())).isInstanceOf(Primitive.Limit.class);
        assertThat(((Primitive.Update) write.writes().get(0)).routing().opcode())
                .isEqualTo(Opcode.IN);
    }

    @Test
    void keyOfSeveralColumns_isComparedAsTuple() {
        Primitive.InputWrite write = plan("delete from person where grp > 2 limit 3");

        assertThat(write(write, "id", "part"))
                .isEqualTo("delete from person where (id, part) in ((:__dml_key0_0, :__dml_key0_1),"
                        + " (:__dml_key1_0, :__dml_key1_1))");
    }

    @Test
    void valuesOfOtherTables_comeWithTheRows_othersAreComputedWhereTheRowIs() {
        Primitive.InputWrite write = plan(
                "update person p join commerce.region r on p.grp = r.id set p.name = r.label, p.score = p.score + 1");

        assertThat(query(write, "id"))
                .isEqualTo("select p.id, r.label as __dml_value0 from person as p join commerce.region as r on"
                        + " p.grp = r.id for update");
        assertThat(write(write, "id"))
                .isEqualTo("update person as p set p.`name` = :__dml_value0, p.score = p.score + 1 where id in"
                        + " ::__dml_vals");
        assertThat(Primitive.Either.preferred(write.input())).isInstanceOf(Primitive.Join.class);
    }

    @Test
    void severalTables_areWrittenOneAfterTheOther() {
        Primitive.InputWrite write =
                plan("delete p, r from person p left join commerce.region r on p.grp = r.id where p.score > 2");

        assertThat(write.rows().targets()).extracting(InputTarget::name).containsExactly("person", "region");
        assertThat(write.writes()).hasSize(2);
        assertThat(((Primitive.Delete) write.writes().get(1)).routing().opcode())
                .isEqualTo(Opcode.UNSHARDED);
    }

    @Test
    void ownedLookupVindexes_areKeptInStepByTheWrite() {
        Primitive.InputWrite write = plan("delete from corder where price > 3 limit 2");

        assertThat(write.writes().get(0)).isInstanceOf(Primitive.LookupWrite.class);
    }

    @Test
    void gatheredRows_areLockedWhereTheyAreRead() {
        Primitive input = plan("update person p join commerce.region r on p.grp = r.id set p.name = r.label")
                .input();
        Primitive.Gather gather = (Primitive.Gather) ((Primitive.Either) input).otherwise();

        assertThat(((Primitive.Route) gather.tables().get(0).rows()).query().sql())
                .endsWith(" for update");
        assertThat(gather.query().sql()).endsWith(" for update");
        assertThat(gather.check()).isNull();
    }

    @Test
    void joinedRows_areLockedOnBothSides() {
        Primitive input = plan("update person p join commerce.region r on p.grp = r.id set p.name = r.label")
                .input();

        assertThat(((Primitive.Join) Primitive.Either.preferred(input)).inputs())
                .allSatisfy(rows ->
                        assertThat(((Primitive.Route) rows).query().sql()).endsWith(" for update"));
    }

    @Test
    void valuesOfAnInsertWithSubqueries_areComputedFirst() {
        Primitive.WithValues values = (Primitive.WithValues) keyspaces
                .plan(
                        "customer",
                        "insert into person(id, grp) values (1, (select max(id) from commerce.region)), (2, 3)")
                .root();

        assertThat(values.names()).containsExactly("__insert_value0");
        assertThat(((Primitive.Insert) values.statement()).rows())
                .containsExactly("(:_id_0, :__insert_value0)", "(:_id_1, 3)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "update ignore person set name = 'x' limit 1|UPDATE IGNORE of rows that several shards find",
                "update person set name = 'x' order by 1 limit 1|UPDATE over several shards with ORDER BY 1",
                "delete from person order by (select 1) limit 1|DELETE over several shards with ORDER BY (select 1 from dual)",
                "update person set id = 3 limit 1|you cannot UPDATE primary vindex columns",
                "update person set grp = 1, score = (select max(r.id) from commerce.region r where r.id = grp)|'grp' column referenced in"
                        + " update expression",
                "update person p join commerce.region r on p.grp = r.id set p.grp = 1, r.label = p.grp|'grp' column referenced in",
                "update person p join commerce.region r on p.grp = r.id set label = 'x'|column 'label' without the name of its table",
                "update person p join commerce.region r on p.grp = r.id set p.score = max(r.id)|aggregate in UPDATE",
                "update country c join person p on p.grp = c.id set c.name = 'x'|DML on reference table with join",
                "insert into person(id, grp) values (1, id + (select 1))|column beside a subquery in a value of INSERT",
                "insert into person(id) values (1) on duplicate key update grp = (select 1)|subquery in ON DUPLICATE KEY UPDATE"
            })
    void whatCannotBeExact_isRefusedByName(String sql, String construct) {
        assertThatThrownBy(() -> keyspaces.plan("customer", sql))
                .isInstanceOf(VtException.class)
                .hasMessageStartingWith("VT12001: unsupported: ")
                .hasMessageContaining(construct);
    }
}
