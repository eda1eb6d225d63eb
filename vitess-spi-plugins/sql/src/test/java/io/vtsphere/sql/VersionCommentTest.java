package io.vtsphere.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A statement whose last words stand in a version comment is printed with the comment closed. */
class VersionCommentTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table t(id int) /*! ENGINE = innodb */",
                "create table t(id int /*!50000 not null */) /*!40101 engine=innodb */ ",
                "alter table t add column c int /*! comment 'x' */"
            })
    void ddl_endingInAVersionComment_staysWhole(String sql) {
        String printed = SqlPrinter.print(SqlParser.parse(sql));
        assertThat(printed).isEqualTo(sql.strip());
        assertThat(SqlPrinter.print(SqlParser.parse(printed))).isEqualTo(printed);
    }
}
