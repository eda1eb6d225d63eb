package io.vtsphere.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.vtsphere.sql.SqlModes;
import io.vtsphere.sql.SqlParser;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlLiteralsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '#',
            value = {
                "5; INT64; 5",
                "-5; INT64; -5",
                "9223372036854775807; INT64; 9223372036854775807",
                "9223372036854775808; UINT64; 9223372036854775808",
                "-9223372036854775808; INT64; -9223372036854775808",
                "18446744073709551616; DECIMAL; 18446744073709551616",
                "1.50; DECIMAL; 1.50",
                "-1e3; FLOAT64; -1000",
                "'it''s'; VARCHAR; it's",
                "true; INT64; 1",
                "x'4142'; VARBINARY; AB",
                "0x5A42; VARBINARY; ZB"
            })
    void values(String sql, SqlType type, String text) {
        SqlValue value = SqlLiterals.read(SqlParser.parseExpr(sql, SqlModes.DEFAULT));
        assertThat(value).isNotNull();
        assertThat(value.type()).isEqualTo(type);
        assertThat(value.text()).isEqualTo(text);
    }

    @Test
    void otherExpressions_haveNoValueOfTheirOwn() {
        assertThat(SqlLiterals.read(SqlParser.parseExpr("1 + 1", SqlModes.DEFAULT)))
                .isNull();
        assertThat(SqlLiterals.read(SqlParser.parseExpr("null", SqlModes.DEFAULT)))
                .isEqualTo(SqlValue.NULL);
    }

    @Test
    void print_quotesWhatIsNoNumber_soThatItReadsBack() {
        String nasty = "a'b\\c\nd\re\0f";
        String printed = SqlLiterals.print(SqlValue.varchar(nasty));
        assertThat(SqlLiterals.read(SqlParser.parseExpr(printed, SqlModes.DEFAULT)))
                .isEqualTo(SqlValue.varchar(nasty));
        assertThat(SqlLiterals.print(SqlValue.int64(-7))).isEqualTo("-7");
        assertThat(SqlLiterals.print(SqlValue.NULL)).isEqualTo("null");
    }
}
