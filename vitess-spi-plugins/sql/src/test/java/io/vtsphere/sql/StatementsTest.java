package io.vtsphere.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementsTest {
    @Test
    void emptyStatements_areLeftOut() {
        assertThat(Statements.split("")).isEmpty();
        assertThat(Statements.split(" ;; \n ; ")).isEmpty();
        assertThat(Statements.split("select 1;;select 2;")).containsExactly("select 1", "select 2");
    }

    @Test
    void semicolons_inStringsNamesAndComments_areText() {
        assertThat(Statements.split("select ';' ; select \";'\", `;` ; select 1 /* ; */ -- ;\n + 1 # ;\n;"))
                .containsExactly("select ';'", "select \";'\", `;`", "select 1 /* ; */ -- ;\n + 1 # ;");
        assertThat(Statements.split("select '\\';'; select ''';'")).containsExactly("select '\\';'", "select ''';'");
    }

    @Test
    void semicolon_inAVersionComment_isText() {
        assertThat(Statements.split("select 1; /*!99999 a; b */ select 2"))
                .containsExactly("select 1", "/*!99999 a; b */ select 2");
    }

    @Test
    void unfinishedText_goesToTheLastStatement() {
        assertThat(Statements.split("select 1; select 'a; select 2"))
                .containsExactly("select 1", "select 'a; select 2");
        assertThat(Statements.split("select 1; select /* a; select 2"))
                .containsExactly("select 1", "select /* a; select 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create procedure p() begin select 1; select 2; end",
                "create procedure p(in a int) if a > 1 then select 1; else select 2; end if",
                "CREATE DEFINER = root@localhost PROCEDURE p() BEGIN DECLARE x INT; SET x = 1; END",
                "create procedure p() begin if a then select if(1, 2, 3); elseif b then select 4; end if; select 5; end",
                "create procedure p() begin case x when 1 then select 1; else select 2; end case; select 3; end",
                "create procedure p() begin select case x when 1 then 2 end; select 3; end",
                "create procedure p() begin l: loop select 1; leave l; end loop l; while a do set a = 0; end while; select 2; end",
                "create procedure p() begin l:repeat select 1; until a end repeat; end",
                "create procedure p() begin declare exit handler for sqlexception begin rollback; resignal; end; select 1; end",
                "create procedure p() begin drop table if exists t; create table if not exists t (a int); end",
                "create function f(a int) returns int deterministic begin return a; end",
                "create trigger g before insert on t for each row begin set new.a = 1; set new.b = 2; end",
                "create trigger g before insert on t for each row if new.a then set new.b = 2; end if",
                "create event e on schedule every 1 day do begin delete from t; select 1; end",
                "alter event e do begin delete from t; select 1; end",
            })
    void blocksOfStoredPrograms_areOneStatement(String program) {
        assertThat(Statements.split(program + "; select 1; " + program + " ;select 2"))
                .containsExactly(program, "select 1", program, "select 2");
        assertThat(SqlParser.parse(program)).isInstanceOf(io.vtsphere.sql.ast.Ddl.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create procedure p() select if(1, 2, 3)",
                "create function f() returns int return 1",
                "create function f() returns int deterministic return case 1 when 1 then 2 end",
                "create procedure if not exists p() select 1",
                "create table event (`begin` int)",
                "create view function_v as select 1",
                "drop procedure p",
                "select case a when 1 then 2 end from `begin`",
                "begin",
            })
    void programsWithoutBlocksAndOtherStatements_endAtTheFirstSemicolon(String sql) {
        assertThat(Statements.split(sql + "; select 2")).containsExactly(sql, "select 2");
    }

    @Test
    void partsTogetherAreTheText() {
        for (CorpusTest.Line line : CorpusTest.lines()) {
            if (Statements.split(line.sql()).size() == 1) {
                assertThat(Statements.split(line.sql() + "\n;\n" + line.sql() + "\n;"))
                        .hasSameSizeAs(List.of(1, 2));
            }
        }
    }
}
