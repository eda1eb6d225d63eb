package io.vtsphere.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vindex.Vindex;
import io.vtsphere.vindex.VindexRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The right sides were asked of MySQL 8.0.15: {@code select 2 = '2 apples'} and so on. */
class ComparedValueTest {
    private final Vindex hash = VindexRegistry.load().create("hash", "hash", Map.of());

    @ParameterizedTest
    @CsvSource({
        "DECIMAL,2.0,INT64,2",
        "DECIMAL,2.5,,",
        "DECIMAL,-7,INT64,-7",
        "FLOAT64,1e3,INT64,1000",
        "FLOAT64,1e-3,,",
        "VARCHAR,2,INT64,2",
        "VARCHAR,02,INT64,2",
        "VARCHAR,' 2',INT64,2",
        "VARCHAR,2 apples,INT64,2",
        "VARCHAR,2.0e0x,INT64,2",
        "VARCHAR,.5,,",
        "VARCHAR,abc,INT64,0",
        "VARCHAR,'',INT64,0",
        "VARBINARY,18446744073709551615,UINT64,18446744073709551615",
        "VARCHAR,18446744073709551616,,",
        "VARCHAR,-9223372036854775808,INT64,-9223372036854775808",
        "VARCHAR,-9223372036854775809,,",
        "VARCHAR,1e300,,",
        "HEXNUM,0x02,INT64,2",
        "HEXNUM,0x102,INT64,258",
        "HEXVAL,x'0102',INT64,258",
        "BITNUM,0b101,INT64,5"
    })
    void integerVindex_mapsTheIntegerThatMySqlFindsEqual(SqlType type, String text, SqlType mappedType, String mapped) {
        SqlValue value = ComparedValue.of(hash, value(type, text));

        assertThat(value).isEqualTo(mappedType == null ? SqlValue.NULL : value(mappedType, mapped));
    }

    @Test
    void integersAndNull_stayAsTheyAre() {
        SqlValue integer = SqlValue.int64(5);

        assertThat(ComparedValue.of(hash, integer)).isSameAs(integer);
        assertThat(ComparedValue.of(hash, SqlValue.NULL)).isSameAs(SqlValue.NULL);
    }

    @Test
    void textVindex_mapsTheTextItself() {
        Vindex text = VindexRegistry.load().create("unicode_loose_md5", "t", Map.of());
        SqlValue value = SqlValue.varchar("2 apples");

        assertThat(ComparedValue.of(text, value)).isSameAs(value);
    }

    private static SqlValue value(SqlType type, String text) {
        return SqlValue.of(type, text.getBytes(StandardCharsets.UTF_8));
    }
}
