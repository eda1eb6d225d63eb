package io.vtsphere.distribution.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random queries over two tables with a column of nearly every type: comparisons and arithmetic between types, ALL and ANY, NOT IN with
 * NULL, outer joins with conditions, windows with frames, GROUP_CONCAT, common table expressions, unions in parentheses, overflows.
 *
 * <p>Left out is {@code a in (select …)} as a value for unsigned BIGINTs: MySQL 8.0.15 answers NULL for a value that is there. So is a BIT column
 * beside a text: MySQL takes the text as a number, but where it uses an index as the bits of its characters. What is shown does not depend on
 * which of equal values MySQL meets first.
 */
final class TypedStatements {
    static final String VSCHEMA = """
            "w1": {"column_vindexes": [{"column": "id", "name": "hash"}]},
            "w2": {"column_vindexes": [{"column": "w1id", "name": "hash"}]}""";

    static final List<String> TABLES = List.of(
            "create table w1 (id bigint unsigned primary key, g int, u bigint unsigned, m decimal(30,10), s varchar(10) collate utf8mb4_bin,"
                    + " c char(5) collate utf8mb4_unicode_ci, l varchar(10) character set latin1, j json, e enum('z', 'y', 'x'),"
                    + " st set('p', 'q'), b bit(8), y year, ti time(3), ts timestamp null, dd date, f float, vb varbinary(8))",
            "create table w2 (id int, w1id bigint unsigned, n tinyint unsigned, s varchar(10) collate utf8mb4_general_ci, m decimal(12,2),"
                    + " d datetime(6), k smallint, primary key (id, w1id))");

    private static final List<String> FIRST = List.of(
            "1, 2, 9223372036854775807, '12345678901234567890.5', 'a', 'a', 'x', '{\"k\": 1}', 'z', 'p', b'1', 2001, '10:00:00.5', '2020-01-01 10:00:00', '2020-01-01', 1.5, 'ab'",
            "2, 1, 18446744073709551615, -1.25, 'A', 'A', 'X', '[1, 2]', 'y', 'p,q', b'10', 1999, '-00:30:00', '2020-01-02 00:00:00', '2020-01-02', -2.25, 'AB'",
            "3, null, 0, 0, 'b', 'b', 'y', 'null', 'x', '', b'1111111', 2001, null, null, null, null, null",
            "4, 2, null, null, 'b ', 'b ', 'é', null, null, null, null, null, '10:00:00.500', '2020-01-01 10:00:00', '2021-12-31', 1.5, 'a\\0'",
            "5, 3, 7, 2.5, '', '', '10', '\"t\"', 'z', 'q', b'0', 2155, '838:59:59', '2038-01-01 00:00:00', '1000-01-01', 0, ''",
            "6, 5, 5, 5, null, null, null, 'true', 'x', 'q', b'101', 1901, '00:00:00', '1971-01-01 00:00:01', '9999-12-31', 1000000, '5'",
            "18446744073709551615, 0, 1, 1, '1', '1', '1', '1', 'y', 'p', b'1', 2001, '00:00:01', '2020-01-02 00:00:00', '2020-01-01', 1, '1'");

    private static final List<String> SECOND = List.of(
            "1, 1, 2, 'a', 2.50, '2020-01-01 10:00:00', 1",
            "2, 1, 255, 'A', -1.25, '2020-01-01 10:00:00.000001', -1",
            "3, 2, null, 'b', null, null, null",
            "4, 3, 0, 'b ', 0, '2020-01-02 00:00:00', 0",
            "5, 9, 5, null, 5, '2038-01-01 00:00:00', 32767",
            "6, 18446744073709551615, 1, '', 1, '2001-01-01 00:00:00', 1",
            "7, 4, 3, '1', 9999999999.99, '2020-01-01 00:00:00', 3",
            "8, 4, 3, 'x', 2.5, null, 2");

    private static final List<String> COLUMNS = List.of(
            "a.g", "a.u", "a.m", "a.s", "a.c", "a.l", "a.e", "a.st", "a.b", "a.y", "a.ti", "a.ts", "a.dd", "a.f",
            "a.vb", "a.id", "w.n", "w.s", "w.m", "w.d", "w.k", "w.id", "w.w1id");

    private static final List<String> NUMBERS =
            List.of("a.g", "a.u", "a.m", "a.y", "a.b + 0", "a.e + 0", "a.id", "w.n", "w.m", "w.k", "w.w1id");

    private static final List<String> LITERALS = List.of(
            "1",
            "-1",
            "2.5",
            "'a'",
            "'1'",
            "'B '",
            "0",
            "null",
            "true",
            "'2020-01-01'",
            "date'2020-01-02'",
            "time'10:00:00.5'",
            "x'61'",
            "18446744073709551615",
            "1e0",
            "'z'",
            "''",
            "'2020-01-01 10:00:00'");

    private final Random random;

    TypedStatements(long seed) {
        this.random = new Random(seed);
    }

    /** INSERT statements of all rows. */
    static List<String> rows() {
        List<String> rows = new ArrayList<>();
        FIRST.forEach(row -> rows.add(
                "insert into w1 (id, g, u, m, s, c, l, j, e, st, b, y, ti, ts, dd, f, vb) values (" + row + ")"));
        SECOND.forEach(row -> rows.add("insert into w2 (id, w1id, n, s, m, d, k) values (" + row + ")"));
        return rows;
    }

    RandomStatements.Statement next() {
        String rest = " from " + from() + where();
        String key = any(COLUMNS);
        return switch (random.nextInt(16)) {
            case 0, 1 -> bag("select a.id, w.id as id2, " + condition() + " as c" + rest);
            case 2 -> bag("select a.id, " + arithmetic() + " as x, " + arithmetic() + " as z" + rest);
            case 3 -> bag("select " + aggregates() + rest);
            case 4 ->
                bag("select " + shown(key) + " as k, " + aggregates() + rest + " group by k"
                        + any("", " having count(*) > 1", " having n1 is not null"));
            case 5 ->
                new RandomStatements.Statement(
                        "select a.id, w.id as id2" + rest + " order by " + key + any("", " desc") + ", a.id, w.id"
                                + any("", " limit 4", " limit 3, 4"),
                        true);
            case 6 -> bag("select a.id, w.id as id2, " + window() + " as o" + rest);
            case 7 ->
                bag("select a.id from w1 a where a.g " + any("not in", "in", "> all", "<= any", "= any", "<> all")
                        + " (select " + any("w.n", "w.k", "w.m") + " from w2 w where "
                        + any("w.id < 5", "w.n is not null", "true", "w.w1id <> a.id")
                        + ")");
            case 8 ->
                bag("select a.id, "
                        + any(
                                "(select max(w.m) from w2 w where w.s = a.s)",
                                "(select count(*) from w2 w where w.n > a.g)",
                                "exists (select 1 from w2 w where w.w1id = a.id and w.m > a.m)",
                                "(select sum(w.k) from w2 w where w.w1id = a.id)",
                                "(a.g, a.id) in (select w.n, w.w1id from w2 w)")
                        + " as q from w1 a");
            case 9 ->
                bag(any(
                        "select n, count(*) as c from (select n from w2 union all select g from w1) t group by n",
                        "(select id from w1 order by id limit 3) union (select w1id from w2 order by w1id desc limit 2)",
                        "select hex(s) as h from w1 where s is not null union all select hex(upper(rtrim(s))) from w2",
                        "select g as n from w1 union select n from w2 order by n",
                        "select dd as n from w1 union all select ts from w1",
                        "select m as n from w1 union select m from w2"));
            case 10 ->
                bag("with q as (select " + shown(key) + " as k, a.g, w.n from " + from() + ") select count(*) as c, "
                        + "min(q.g) as m1, max(x.n) as m2 from q " + any("join", "left join") + " q as x on q.g = x.n");
            case 11 ->
                bag(
                        any(
                                "with recursive r as (select 1 as n union all select n + 1 from r where n < 6) select r.n, count(a.id) as c from r"
                                        + " left join w1 a on a.g = r.n group by r.n",
                                "select t.c, count(*) as n from (select a.g, count(w.id) as c from w1 a left join w2 w on w.w1id = a.id group by a.g) t"
                                        + " group by t.c",
                                "select a.id, t.m from w1 a join (select w1id, max(m) as m from w2 group by w1id) t on t.w1id = a.id",
                                "select a.id, t.c from w1 a left join (select n, count(*) as c from w2 group by n) t on t.n = a.g"));
            case 12 -> bag("select " + concat() + " as c" + rest);
            case 13 -> bag("select g, " + concat() + " as c" + rest + " group by g");
            case 14 -> bag("select distinct " + shown(key) + " as k, " + shown(any(COLUMNS)) + " as k2" + rest);
            default ->
                bag("select a.id, "
                        + any(
                                "a.j->'$.k'",
                                "json_type(a.j)",
                                "json_length(a.j)",
                                "a.j = cast('1' as json)",
                                "json_unquote(a.j)",
                                "json_object('a', a.g, 'b', a.s)",
                                "json_contains(a.j, '1')")
                        + " as x from w1 a where "
                        + any("true", "a.j is not null", "a.j = 1", "a.j->'$.k' = 1", "a.id > 1"));
        };
    }

    private String from() {
        return "w1 a " + any("join", "left join", "left join", "join") + " w2 w on "
                + any("w.w1id = a.id", "w.n = a.g", "w.s = a.s", "w.m = a.m", "w.k = a.b", "w.d = a.ts", "w.d = a.dd")
                + any(
                        "",
                        "",
                        " and w.id > 2",
                        " and a.g is not null",
                        " and w.n <=> a.g",
                        " and " + any(COLUMNS) + " is not null");
    }

    private String where() {
        return switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 -> " where not (" + condition() + ")";
            case 2 -> " where " + condition() + any(" and ", " or ", " xor ") + condition();
            default -> " where " + condition();
        };
    }

    private String condition() {
        String left = any(COLUMNS);
        String condition = condition(left);
        boolean bitsWithText = left.equals("a.b") && condition.contains("'");
        return bitsWithText ? "a.b + 0" + condition.substring(left.length()) : condition;
    }

    private String condition(String left) {
        return switch (random.nextInt(7)) {
            case 0 -> left + any(" is null", " is not null");
            case 1 -> left + any(" in (", " not in (") + any(LITERALS) + ", " + any(LITERALS) + ")";
            case 2 -> left + any(" between ", " not between ") + any(LITERALS) + " and " + any(LITERALS);
            case 3 -> number() + any(" = ", " <> ", " < ", " >= ", " <=> ") + number();
            default -> left + any(" = ", " <> ", " < ", " >= ", " <=> ") + any(LITERALS);
        };
    }

    private String arithmetic() {
        return switch (random.nextInt(6)) {
            case 0 -> number() + any(" + ", " - ", " * ") + number();
            case 1 -> number() + any(" / ", " div ", " % ") + number();
            case 2 -> any("abs(", "ceiling(", "-(", "sign(", "round(") + number() + ")";
            case 3 -> any("greatest(", "least(", "coalesce(", "ifnull(") + number() + ", " + number() + ")";
            case 4 ->
                any("cast(", "cast(")
                        + number()
                        + any(" as decimal(20,3))", " as char)", " as unsigned)", " as signed)");
            default -> number() + any(" & ", " | ", " << ") + any("1", "2", "a.g");
        };
    }

    private String aggregates() {
        return "count(*) as n0, "
                + any("sum(", "min(", "max(", "avg(", "sum(distinct ", "count(distinct ", "bit_or(", "count(")
                + number()
                + ") as n1, " + any("min(", "max(", "count(distinct ")
                + any("a.dd", "a.ti", "a.ts", "w.d", "a.y", "a.u", "a.vb", "a.s", "a.m")
                + ") as n2, sum(" + number() + ")" + any("", " * 2", " / 3") + " as n3";
    }

    private String window() {
        String partition =
                any("", "partition by a.g ", "partition by w.n ", "partition by a.id ", "partition by a.e + 0 ");
        String unique = "order by a.id, w.id";
        return any(
                        "row_number()",
                        "rank()",
                        "dense_rank()",
                        "lag(a.m)",
                        "lead(w.k, 2, 0)",
                        "first_value(a.g)",
                        "sum(w.m)",
                        "count(*)",
                        "max(a.u)",
                        "ntile(3)")
                + " over (" + partition + unique + ")";
    }

    private String concat() {
        return "group_concat(" + any("", "distinct ") + any("a.g", "w.n", "a.id", "w.m") + " order by 1"
                + any("", " desc") + any("", " separator '|'") + ")";
    }

    /** A value of which equal ones look alike. */
    private static String shown(String column) {
        return switch (column) {
            case "a.c", "a.l", "w.s" -> "hex(upper(rtrim(" + column + ")))";
            case "a.st", "a.e", "a.b", "a.s", "a.vb" -> "hex(" + column + ")";
            default -> column;
        };
    }

    private String number() {
        return any(NUMBERS);
    }

    private static RandomStatements.Statement bag(String sql) {
        return new RandomStatements.Statement(sql, false);
    }

    private String any(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private String any(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
