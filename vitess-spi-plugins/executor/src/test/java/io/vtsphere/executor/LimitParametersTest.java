package io.vtsphere.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vtsphere.sql.SqlParser;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.VtException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitParametersTest {
    private static SqlValue value(SqlType type, String text) {
        return SqlValue.of(type, text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void parameters_ofEachLimit() {
        assertThat(LimitParameters.of(SqlParser.parse(
                        "select a from (select a from t where b = ? limit ?) x where c = ? union select 1 limit ?, ?")))
                .containsExactlyInAnyOrder("v2", "v4", "v5");
        assertThat(LimitParameters.of(SqlParser.parse("delete from t where a = ? limit ?")))
                .containsExactly("v2");
    }

    @ParameterizedTest
    @CsvSource({
        "VARCHAR, 10, 10",
        "VARCHAR, 0, 0",
        "FLOAT64, 1E1, 10",
        "FLOAT64, 2.0E0, 2",
        "DECIMAL, 3.00, 3",
        "VARCHAR, 18446744073709551615, 18446744073709551615",
        "INT64, -1, -1"
    })
    void number_isTakenInAnyForm(SqlType type, String text, String number) {
        SqlValue value = LimitParameters.number(value(type, text));

        assertThat(value.type().isIntegral()).isTrue();
        assertThat(value.text()).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({
        "VARCHAR, a",
        "VARCHAR, ''",
        "VARCHAR, 1x",
        "VARCHAR, -1",
        "FLOAT64, 1.5E0",
        "VARCHAR, 1e-999999999",
        "VARCHAR, 1e999999999",
        "DECIMAL, 18446744073709551616"
    })
    void whatIsNoNumberOfRows_isRefused(SqlType type, String text) {
        assertThatThrownBy(() -> LimitParameters.number(value(type, text)))
                .isInstanceOfSatisfying(
                        VtException.class, e -> assertThat(e.errno()).isEqualTo(1210))
                .hasMessageStartingWith("Incorrect arguments to LIMIT: ");
    }

    @Test
    void nullIsRefused() {
        assertThatThrownBy(() -> LimitParameters.number(SqlValue.NULL)).hasMessageContaining("LIMIT: NULL");
    }
}
