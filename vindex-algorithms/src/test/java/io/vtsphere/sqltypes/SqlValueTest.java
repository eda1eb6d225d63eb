package io.vtsphere.sqltypes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SqlValueTest {
    @Test
    void toString_asVitessPrints() {
        assertThat(SqlValue.int64(-5)).hasToString("INT64(-5)");
        assertThat(SqlValue.varchar("a\"b")).hasToString("VARCHAR(\"a\\\"b\")");
        assertThat(SqlValue.varbinary(new byte[] {(byte) 0xff})).hasToString("VARBINARY(\"\\xff\")");
        assertThat(SqlValue.NULL).hasToString("NULL");
        assertThat(SqlValue.of(SqlType.HEXNUM, "0x1f".getBytes(StandardCharsets.US_ASCII)))
                .hasToString("HEXNUM(0x1f)");
    }

    @Test
    void of_nullType_isTheOneNull() {
        assertThat(SqlValue.of(SqlType.NULL_TYPE, new byte[] {1})).isSameAs(SqlValue.NULL);
        assertThat(SqlValue.uint64(-1)).hasToString("UINT64(18446744073709551615)");
    }

    @ParameterizedTest
    @EnumSource
    void ofNumber_everyType_findsIt(SqlType type) {
        assertThat(SqlType.ofNumber(type.number())).isSameAs(type);
        assertThat(SqlType.ofNumber(type.number() ^ 0x10000)).isNull();
    }

    @Test
    void year_isUnsigned() {
        assertThat(SqlType.YEAR.isUnsigned()).isTrue();
        assertThat(SqlType.INT24.isSigned()).isTrue();
        assertThat(SqlType.DECIMAL.isIntegral()).isFalse();
    }
}
