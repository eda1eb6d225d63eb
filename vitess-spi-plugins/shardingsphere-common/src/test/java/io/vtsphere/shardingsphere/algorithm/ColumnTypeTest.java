package io.vtsphere.shardingsphere.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnTypeTest {
    private static final BigInteger MAX_UNSIGNED = new BigInteger("18446744073709551615");

    @Test
    void integers_ofEveryJavaType_areTheOneNumber() {
        ColumnType column = ColumnType.parse("bigint");
        SqlValue three = SqlValue.int64(3);
        Object[] threes = {
            3,
            3L,
            (short) 3,
            (byte) 3,
            3.0,
            3f,
            BigInteger.valueOf(3),
            new BigDecimal("3.00"),
            new BigDecimal("0.3E1"),
            "3",
            "03",
            " 3",
            "+3",
            "3.0",
            "3e0",
            "3".getBytes(StandardCharsets.UTF_8)
        };
        assertThat(threes).allSatisfy(value -> assertThat(column.of(value)).isEqualTo(three));
        assertThat(column.of(true)).isEqualTo(SqlValue.int64(1));
        assertThat(column.of("-9223372036854775808")).isEqualTo(SqlValue.int64(Long.MIN_VALUE));
    }

    @Test
    void integers_thatAreNone_areRefused() {
        ColumnType column = ColumnType.parse("INT");
        Object[] none = {
            "3abc",
            "abc",
            "",
            "3.5",
            "1e200",
            3.5,
            Double.NaN,
            1e17,
            new BigDecimal("0.1"),
            new Date(),
            'a',
            "9".repeat(200)
        };
        assertThat(none).allSatisfy(value -> refused(column, value, "for an integer column"));
        refused(column, MAX_UNSIGNED, "outside the range");
    }

    @Test
    void unsigned_asASignedNumberOfTheSameWidth_isReadBack() {
        ColumnType column = ColumnType.parse("BIGINT UNSIGNED");
        assertThat(column.of(-3L)).isEqualTo(SqlValue.uint64(-3));
        assertThat(column.of(-3)).isEqualTo(SqlValue.int64(4_294_967_293L));
        assertThat(column.of(MAX_UNSIGNED)).isEqualTo(SqlValue.uint64(-1));
        assertThat(column.of("18446744073709551615")).isEqualTo(SqlValue.uint64(-1));
        refused(column, "-3", "outside the range");
        refused(column, MAX_UNSIGNED.add(BigInteger.ONE), "outside the range");
    }

    @Test
    void text_takesStringsAndBytes_notNumbers() {
        ColumnType column = ColumnType.parse("varchar(64)");
        assertThat(column.of("Ä")).isEqualTo(SqlValue.varchar("Ä"));
        assertThat(column.of("Ä".getBytes(StandardCharsets.UTF_8))).isEqualTo(SqlValue.varchar("Ä"));
        assertThat(column.of("\uFFFD")).isEqualTo(SqlValue.varchar("\uFFFD"));
        refused(column, 5, "write it as a string");
        refused(column, new byte[] {(byte) 0xff}, "1 bytes");
        refused(column, "\uD800", "half a character");
    }

    @Test
    void bytes_thatTheHostHasDecodedToSomethingElse_areRefused() {
        ColumnType column = ColumnType.parse("VARBINARY(16)");
        assertThat(column.of(new byte[] {(byte) 0xff})).isEqualTo(SqlValue.varbinary(new byte[] {(byte) 0xff}));
        assertThat(column.of("a")).isEqualTo(SqlValue.varbinary(new byte[] {'a'}));
        refused(column, new String(new byte[] {1, (byte) 0xff}, StandardCharsets.UTF_8), "no UTF-8 text");
    }

    @Test
    void undeclared_takesWhatIsTheSameInEveryColumn() {
        ColumnType column = UndeclaredColumn.INSTANCE;
        assertThat(column.of(3)).isEqualTo(SqlValue.int64(3));
        assertThat(column.of("3")).isEqualTo(SqlValue.varchar("3"));
        assertThat(column.of("abc")).isEqualTo(SqlValue.varchar("abc"));
        assertThat(column.of(MAX_UNSIGNED)).isEqualTo(SqlValue.uint64(-1));
        Object[] ambiguous = {-3L, -3, "03", "3.0", " 3", "+3", "\uFFFD", 3.5, new Date(), LocalDate.EPOCH};
        assertThat(ambiguous).allSatisfy(value -> refused(column, value, "VT12001: unsupported: "));
        refused(column, "03", "declare the column with column-types");
    }

    @Test
    void dates_haveTheColumnsText() {
        ColumnType date = ColumnType.parse("DATE");
        SqlValue day = SqlValue.of(SqlType.DATE, "2024-02-29".getBytes(StandardCharsets.US_ASCII));
        Object[] days = {
            "2024-02-29", "2024-02-29 00:00:00", LocalDate.of(2024, 2, 29), java.sql.Date.valueOf("2024-02-29")
        };
        assertThat(days).allSatisfy(value -> assertThat(date.of(value)).isEqualTo(day));
        assertThat(ColumnType.parse("DATETIME(3)").of("2024-02-29 01:02:03.4").text())
                .isEqualTo("2024-02-29 01:02:03.400");
        assertThat(ColumnType.parse("DATETIME")
                        .of(LocalDateTime.of(2024, 2, 29, 1, 2, 3))
                        .text())
                .isEqualTo("2024-02-29 01:02:03");
        Object[] none = {"2023-02-29", "2024-02-29 00:00:01", "24-2-29", 20240229, "2024-02-29.5", "0000-00-00"};
        assertThat(none).allSatisfy(value -> refused(date, value, "a column of type DATE"));
        refused(ColumnType.parse("DATETIME"), "2024-02-29 01:02:03.4", "is no value of a column of type DATETIME(0)");
    }

    @Test
    void timestamps_whichMayBeTheHostsNow_areRefused() {
        ColumnType column = ColumnType.parse("DATETIME(6)");
        refused(column, Timestamp.valueOf("2024-02-29 01:02:03"), "for a column of type DATETIME");
        refused(column, new Date(), "for a column of type DATETIME");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TIMESTAMP", "DECIMAL(5)", "VARCHAR UNSIGNED", "DATETIME(7)", "BINARY(16)", "", "INT("})
    void parse_unsupportedType_isNamed(String type) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ColumnType.parse(type))
                .withMessageContaining("column-types");
    }

    private static void refused(ColumnType column, Object value, String text) {
        assertThatThrownBy(() -> column.of(value))
                .isInstanceOf(SQLException.class)
                .hasMessageStartingWith("VT12001: unsupported: ")
                .hasMessageContaining(text)
                .hasFieldOrPropertyWithValue("errorCode", 1235)
                .hasFieldOrPropertyWithValue("SQLState", "42000");
    }
}
