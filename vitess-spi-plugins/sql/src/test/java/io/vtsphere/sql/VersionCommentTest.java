package io.vtsphere.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A statement whose first or last words stand in a version comment is printed with the comment opened and closed. */
class VersionCommentTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table t(id int) /*! ENGINE = innodb */",
                "create table t(id int /*!50000 not null */) /*!40101 engine=innodb */ ",
                "alter table t add column c int /*! comment 'x' */",
                "/*!40000 alter table t disable keys */",
                "/*! drop table t */",
                "/*!50001 create algorithm=undefined */ /*!50013 sql security definer */ /*!50001 view v as select 1 from t */",
                "/*!40000 flush tables */"
            })
    void text_inAVersionComment_staysWhole(String sql) {
        String printed = SqlPrinter.print(SqlParser.parse(sql));
        assertThat(printed).isEqualTo(sql.strip());
        assertThat(SqlPrinter.print(SqlParser.parse(printed))).isEqualTo(printed);
    }
}
