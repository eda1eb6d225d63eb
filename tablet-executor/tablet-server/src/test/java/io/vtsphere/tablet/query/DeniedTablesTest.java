package io.vtsphere.tablet.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeniedTablesTest {
    private final QueryPlans plans = new QueryPlans(10);

    private boolean refused(DeniedTables denied, String sql) {
        plans.deny(denied);
        try {
            plans.plan(sql, true);
            return false;
        } catch (VtException e) {
            assertThat(e.code()).isEqualTo(Code.FAILED_PRECONDITION);
            assertThat(e).hasMessage("disallowed due to rule: enforce denied tables");
            return true;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select count(*) from country",
                "select 1 from city c join db.country on c.id = country.id",
                "select (select max(id) from country) from dual",
                "select 1 from (select id from country) t union select 2",
                "insert into country(id) values (:v1)",
                "insert into city select * from country",
                "update country set a = 1",
                "update city set a = (select 1 from country)",
                "delete country from country join city on a = b",
                "select next 3 values from country",
                "alter table country add column x int",
                "drop table city, country",
            })
    void statementsThatNameATable_areRefused(String sql) {
        assertThat(refused(DeniedTables.of(List.of("country"), false), sql)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select country from city",
                "select country.a from city as country",
                "select 'country'",
                "insert into city(country) values (1)",
                "set @country = 1",
            })
    void statementsThatOnlyLookAlike_pass(String sql) {
        assertThat(refused(DeniedTables.of(List.of("country"), false), sql)).isFalse();
    }

    @Test
    void ruleThatIsTakenBack_holdsNoLonger_forKnownStatementsToo() {
        String sql = "select * from country";
        assertThat(refused(DeniedTables.of(List.of("country"), false), sql)).isTrue();
        assertThat(refused(DeniedTables.NONE, sql)).isFalse();
        assertThat(refused(DeniedTables.of(List.of("country"), false), sql)).isTrue();
    }

    @Test
    void readsAllowed_onlyWritesAreRefused() {
        DeniedTables denied = DeniedTables.of(List.of("country"), true);
        assertThat(refused(denied, "select * from country")).isFalse();
        assertThat(refused(denied, "insert into country values (1)")).isTrue();
    }

    @Test
    void patternBetweenSlashes_isARegularExpression() {
        assertThat(refused(DeniedTables.of(List.of("/^cou/"), false), "select * from country"))
                .isTrue();
        assertThat(refused(DeniedTables.of(List.of("/^cou/"), false), "select * from account"))
                .isFalse();
        assertThatThrownBy(() -> DeniedTables.of(List.of("/(/"), false))
                .hasMessage("denied table /(/ is no regular expression");
    }
}
