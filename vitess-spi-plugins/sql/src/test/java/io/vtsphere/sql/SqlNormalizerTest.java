package io.vtsphere.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.vtsphere.sql.SqlNormalizer.Normalized;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlNormalizerTest {
    private static Normalized normalize(String sql) {
        return SqlNormalizer.normalize(sql, SqlModes.DEFAULT);
    }

    private static String key(String sql) {
        Fingerprint fingerprint = SqlNormalizer.fingerprint(sql, SqlModes.DEFAULT);
        return SqlNormalizer.normalize(SqlParser.parse(sql), fingerprint)
                .shape()
                .planKey(fingerprint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "select a from t where id = 5 | select a from t where id = :id",
                "select a from t where t.id = 5 | select a from t where t.id = :t_id",
                "select a from t where id = -5 | select a from t where id = :id",
                "select a from t where 5 + 6 > id | select a from t where :vtg1 + :vtg2 > id",
                "select a from t where id = 5 and b = 5 | select a from t where id = :id and b = :id",
                "select a from t where id = 5 and id = 6 | select a from t where id = :id and id = :id1",
                "select a from t where id = 5 and b = -5 | select a from t where id = :id and b = :b",
                "select a from t where id in (1, 2, -3) | select a from t where id in ::vtg1",
                "select a from t where id in (1, null) | select a from t where id in (:vtg1, null)",
                "select a from t where (a, b) in ((1, 2)) | select a from t where (a, b) in ((:vtg1, :vtg2))",
                "select 1, 'x' as y from t limit 3, 4 | select 1, :vtg1 as y from t limit :vtg2, :vtg3",
                "select a + 1 from t group by a + 1 order by 2 | select a + 1 from t group by a + 1 order by 2 asc",
                "select a from t where d > now() - interval 3 day | select a from t where d > now() - interval 3 day",
                "select a from t where j -> '$.a' = 3 | select a from t where j -> '$.a' = :vtg1",
                "select a from t where n = date'2024-01-01' | select a from t where n = date'2024-01-01'",
                "select a from t where n = _binary'x' | select a from t where n = _binary :vtg1",
                "select a from t where n = 'a' 'b' | select a from t where n = :n",
                "select a from t where n like 'a%' escape '!' | select a from t where n like :n escape '!'",
                "select a from t where position('a' in ('b')) = 1 | select a from t where locate(:vtg1, 'b') = :vtg2",
                "select a from t where cast(a as decimal(10, 2)) = 10 | select a from t where cast(a as decimal(10, 2)) = 10",
                "select a from t where b = ? and c = 3 | select a from t where b = :v1 and c = :c",
                "select a from t where x = :x and x = 3 | select a from t where x = :x and x = :x1",
                "insert into t(a, b) values (1, 'x'), (1, null) | insert into t(a, b) values (:vtg1, :vtg2), (:vtg3, null)",
                "update t set a = 1 where a = 1 | update t set a = :vtg1 where a = :a",
                "set x = 1 | set @@x = 1",
                "select a from t where id = - 9223372036854775808 | select a from t where id = -9223372036854775808",
                "select 18446744073709551616 as a from t | select :vtg1 as a from t",
            })
    void literalsBecomeBindVariables(String sql, String expected) {
        assertThat(SqlPrinter.print(normalize(sql).statement())).isEqualTo(expected);
    }

    @Test
    void valuesHaveTheirTypes() {
        assertThat(normalize(
                                "select a from t where a = 1 or b = -1.5 or c = 1e3 or d = 'it''s' or e = X'4142' or f = 0x41 "
                                        + "or g = b'01' or h = 18446744073709551615 or i = 18446744073709551616 or j in (1, -2, 'a' 'b')")
                        .values())
                .extracting(v -> v.name() + "=" + (v.value() == null ? v.list() : v.value()))
                .containsExactly(
                        "a=INT64(1)",
                        "b=DECIMAL(-1.5)",
                        "c=FLOAT64(1e3)",
                        "d=VARCHAR(\"it's\")",
                        "e=HEXVAL(x'4142')",
                        "f=HEXNUM(0x41)",
                        "g=BITNUM(0b01)",
                        "h=UINT64(18446744073709551615)",
                        "i=DECIMAL(18446744073709551616)",
                        "vtg1=[INT64(1), INT64(-2), VARCHAR(\"ab\")]");
    }

    @Test
    void bytesThatAreNoTextStayBytes() {
        byte[] sql = "select a from t where b = _binary'?'".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        sql[sql.length - 2] = (byte) 0xFF;
        assertThat(normalize(SqlText.decode(sql)).values().get(0).value())
                .isEqualTo(SqlValue.of(SqlType.VARCHAR, new byte[] {(byte) 0xFF}));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "select a from t where id = 5 | select a from t where id = 77 | true",
                "select a from t where id = 5 | select a from t where id = '77' | false",
                "select a from t where id = 5 | select a from t where id = 99999999999999999999 | false",
                "select a from t where id = 5 | select a from   t /* c */ where id = 5 | true",
                "select a from t where id = 5 and b = 5 | select a from t where id = 5 and b = 6 | false",
                "select a from t where id in (1) | select a from t where id in (1,2,3, -4) | true",
                "select a from t where id in (1) | select a from t where id in (1, a) | false",
                "select /*vt+ A */ a from t | select /*vt+ B */ a from t | false",
                "select a + 1 from t | select a +  1 from t | false",
                "select a + 1 from t | select a + 2 from t | false",
                "select a from t order by 1 | select a from t order by 2 | false",
                "select a from t limit 1 | select a from t limit 2 | true",
                "insert into t values (1, 'a') | insert into t values (2, 'b') | true",
                "set a = 1 | set a = 2 | false",
            })
    void planKeysAreEqualExactlyIfTheTreesAre(String one, String other, boolean same) {
        assertThat(key(one).equals(key(other))).isEqualTo(same);
    }

    @Test
    void redactLeavesNoValue() {
        assertThat(SqlNormalizer.redact("select 'a', 1.5, n'x' from t where b in (0x1, b'1') -- 'x", SqlModes.DEFAULT))
                .isEqualTo("select ?, ?, ? from t where b in (?, ?) -- 'x");
        assertThat(SqlNormalizer.redact("select 'a' from t where b = 'open", SqlModes.DEFAULT))
                .isEqualTo("select ? from t where b = ?");
    }
}
