package io.vtsphere.distribution.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a query over gathered rows computes with: values of every type at their limits; and the errors of single shards. */
class GatheredValuesIT {
    private static final String VSCHEMA = """
            {"sharded": true, "vindexes": {"hash": {"type": "hash"}}, "tables": {
              "v": {"column_vindexes": [{"column": "id", "name": "hash"}]},
              "w": {"column_vindexes": [{"column": "id", "name": "hash"}]},
              "places": {"column_vindexes": [{"column": "id", "name": "hash"}]}}}""";

    private static final String VALUES =
            "create table v (id bigint primary key, ti tinyint, ui bigint unsigned, z int(6),"
                    + " f float, g double, d decimal(65,30), t varchar(40), l varchar(40) character set latin1 collate latin1_german2_ci,"
                    + " b varchar(40) collate utf8mb4_bin, c char(8), m mediumtext, y varbinary(40), x binary(4), n blob, e enum('z','a','m'),"
                    + " s set('q','w','e'), i bit(8), j json, da date, dt datetime(6), ts timestamp(3) null, tm time(2), yr year)";

    private static final List<String> ROWS = List.of(
            "(1, -128, 18446744073709551615, 42, 1.17549435e-38, 1.7976931348623157e308, -12345678901234567890123456789012345.123456789012345678901234567890,"
                    + " 'a\\\\b\"c\\'d\\n\\0', 'stra\u00dfe', 'B', 'x  ', 'm', x'00ff0a22', x'0102', x'', 'z', 'q,e', b'11111111',"
                    + " '{\"a\": [1, null, \"x\\\\\"\"]}', '1000-01-01', '9999-12-31 23:59:59.999999', '2020-02-29 00:00:00.125', '-838:59:59', 1901)",
            "(2, 127, 0, 7, 16777216.5, 5e-324, 0.000000000000000000000000000001, '\ud83d\ude00 \u65e5\u672c', 'strasse', 'b', '', '',"
                    + " x'5c', null, x'c3', 'a', '', b'0', '[]', '2020-01-01', '2020-01-01 00:00:00', null, '12:00:00.5', 2155)",
            "(3, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null)",
            "(4, 0, 9223372036854775808, 0, -0.1, 0.1, 1.5, 'A', 'STRASSE', 'a', 'X', repeat('\u00e9', 90), '', x'00', repeat('q', 90),"
                    + " 'm', 'w', b'101', '\"text\"', '2020-12-31', '2020-06-01 12:00:00.5', '2037-01-01 00:00:00', '00:00:00.01', 2000)",
            "(5, 5, 5, 5, 3.14159265, 2.5e-7, -0.5, 'a ', 'Strasse ', 'A ', 'x', 'M', ' ', 'ab', ' ', 'z', 'q', b'1', 'true', '2021-01-01',"
                    + " '1970-01-01 00:00:01', '1970-01-01 00:00:01', '838:59:59', 1970)");

    @Test
    void valuesOfEveryType_andErrorsOfSingleShards(@TempDir Path directory) throws Exception {
        List<ShardedCluster.Keyspace> keyspaces = List.of(new ShardedCluster.Keyspace(
                "main",
                List.of("-80", "80-"),
                VSCHEMA,
                List.of(
                        VALUES,
                        "create table w (id bigint primary key, k varchar(20), nr int(5) zerofill, bits bit(9))",
                        "create table places (id bigint primary key, g geometry)")));
        try (ShardedCluster cluster = new ShardedCluster(directory, keyspaces);
                Connection gate = cluster.gate("main");
                Connection whole = cluster.whole()) {
            for (String row : ROWS) {
                both(
                        gate,
                        whole,
                        "insert into v (id, ti, ui, z, f, g, d, t, l, b, c, m, y, x, n, e, s, i, j, da, dt, ts, tm, yr) values "
                                + row);
            }
            both(gate, whole, "insert into w (id, k) values (1, 'a'), (2, 'B'), (3, null), (4, 'strasse')");
            for (String query : List.of(
                    "select a.*, b.id from v as a join v as b on a.id = b.id + 0",
                    "select a.id, b.id from v as a join v as b on a.l = b.l",
                    "select a.id, b.id from v as a join v as b on a.b = b.b",
                    "select a.id, b.id from v as a join v as b on a.t = b.t and a.id <> b.id",
                    "select a.id, b.id from v as a join v as b on a.c = b.c",
                    "select a.id, w.id from v as a join w on a.l = w.k",
                    "select a.f = b.f, a.f + b.f, a.g * 0.5, a.d + b.d from v as a join v as b on a.ti = b.ti",
                    "select a.e + 0, a.s + 0, a.i + 1, a.e = 'a' from v as a join w on w.id + 0 = a.id",
                    "select hex(a.y), hex(a.x), length(a.n), a.y < b.y from v as a join v as b on a.id = b.id - 1",
                    "select json_extract(a.j, '$.a[0]'), a.j from v as a join w on w.id + 0 = a.id",
                    "select a.dt - interval 1 second, a.tm, a.ts, a.yr + 1 from v as a join w on w.id + 0 = a.id",
                    "select e, count(*) as n from v group by e having n > 0",
                    "select l, count(*) as n from v where l is not null group by l having n > 1",
                    "select yr, max(dt), min(ts), max(tm), max(y) from v group by yr having count(*) = 1",
                    "select max(d), min(f), max(g), sum(ui), bit_or(ti) from v having count(*) > 1",
                    "select id from v order by e, id",
                    "select t.m from (select max(m) as m, min(n) as n from v) as t where length(t.n) >= 0",
                    "select x.id from v as x where (select count(*) from w where w.k = x.b) = 0")) {
                Answer expected = Answer.of(whole, query, false);
                assertThat(expected.errno()).as(query + ": " + expected.error()).isZero();
                assertThat(Answer.of(gate, query, false)).as(query).isEqualTo(expected);
            }
            assertThat(Answer.of(gate, "select p.g from places as p join w on w.id + 0 = p.id", false))
                    .matches(Answer::isRefusal);
            assertThat(Answer.of(gate, "select w.bits from w join v on w.id + 0 = v.id", false))
                    .matches(Answer::isRefusal);
            assertThat(Answer.of(gate, "select w.nr from w join v on w.id + 0 = v.id", false))
                    .matches(Answer::isRefusal);
            assertThat(Answer.of(gate, "select v.nosuch from v join w on w.k = v.t", false)
                            .errno())
                    .isEqualTo(1054);
            assertThat(Answer.of(gate, "select v.id, w.k from v join w on w.k = v.t group by v.id", false)
                            .errno())
                    .isEqualTo(Answer.of(whole, "select v.id, w.k from v join w on w.k = v.t group by v.id", false)
                            .errno());
            cluster.onShard("80-", "drop table w");
            assertThat(Answer.of(gate, "select v.id from v join w on w.k = v.t", false)
                            .errno())
                    .isEqualTo(1146);
        }
    }

    private static void both(Connection gate, Connection whole, String sql) throws SQLException {
        try (Statement sharded = gate.createStatement();
                Statement one = whole.createStatement()) {
            one.execute(sql);
            sharded.execute(sql);
        }
    }
}
