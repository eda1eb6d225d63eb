package io.vtsphere.sql;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Random statements of MySQL's grammar on the tables of {@link #SCHEMA}; the same seed gives the same statements. */
final class StatementGenerator {
    static final List<String> SCHEMA = List.of(
            "create table t (id bigint primary key, a int, b int unsigned, c varchar(40), d datetime, e decimal(10,2), f double, j json, bin varbinary(20), bt bit(8), fulltext(c))",
            "create table u (id bigint primary key, a int, b int, c varchar(40) character set latin1, d date, e decimal(5,1), key ka (a))",
            "create table v (id bigint primary key, a int, x int not null, y text, dt timestamp null, key kx (x, a)) partition by hash(id) partitions 4",
            "insert into t values (1, 2, 3, 'x', '2024-01-01', 1.5, 2.5, '{\"k\": [1]}', 'b', 3), (2, null, 4, 'Y%', null, null, null, null, null, null)",
            "insert into u values (1, 2, 3, 'x', '2024-01-01', 1.5), (3, 1, 1, 'z', null, null)",
            "insert into v values (1, 1, 1, 'q', null), (2, 2, 2, null, '2024-01-01')");

    private final Random random;
    private final ClauseGenerator clauses;

    StatementGenerator(long seed) {
        this.random = new Random(seed);
        this.clauses = new ClauseGenerator(random, this::expr);
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    @SafeVarargs
    private String any(Supplier<String>... choices) {
        return choices[random.nextInt(choices.length)].get();
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    String statement() {
        int kind = random.nextInt(14);
        if (kind >= 10) {
            return clauses.statement();
        }
        return kind < 7 ? query(2) : kind == 7 ? insert() : kind == 8 ? update() : delete();
    }

    String query(int depth) {
        String query = chance(12) && depth > 0
                ? operand(depth - 1) + pick(" union ", " union all ", " union distinct ") + operand(depth - 1)
                : select(depth);
        if (chance(25)) {
            query += " order by " + pick("1", "1 desc");
        }
        if (chance(25)) {
            query += pick(" limit 5", " limit 2, 3", " limit 4 offset 1");
        }
        if (chance(8)) {
            query = "with w1 as (" + select(0) + ") " + query;
        }
        return query;
    }

    private String operand(int depth) {
        return chance(50)
                ? "(select " + expr(depth) + " as x1 from t" + pick("", " limit 1", " order by a limit 2") + ")"
                : "select " + expr(depth) + " x1 from u";
    }

    private String select(int depth) {
        StringBuilder sql =
                new StringBuilder("select ").append(pick("", "", "", "distinct ", "sql_no_cache ", "straight_join "));
        boolean grouped = chance(15);
        if (grouped) {
            sql.append("t.a, ").append(aggregate(depth)).append(" from ").append(from(depth));
        } else {
            sql.append(expr(depth)).append(chance(30) ? " as x1" : "").append(chance(30) ? ", " + expr(depth) : "");
            sql.append(" from ").append(from(depth));
        }
        if (chance(70)) {
            sql.append(" where ").append(expr(depth));
        }
        if (grouped) {
            sql.append(" group by t.a").append(pick("", "", " with rollup"));
            sql.append(chance(40) ? " having " + aggregate(depth) + " > 1" : "");
        }
        return sql.toString();
    }

    private String from(int depth) {
        String on = " on " + (chance(60) ? "t.a = u.a" : expr(Math.max(0, depth - 1)));
        return pick(
                "t",
                "t as t",
                "t, u",
                "t join u" + on,
                "t left join u" + on,
                "t right outer join u" + on,
                "u inner join t" + on,
                "t straight_join u" + on,
                "t cross join u",
                "t left join (u join v on u.a = v.a)" + on,
                "t left join u join v on u.a = v.a" + on,
                "t join u join v on u.a = v.x" + on,
                "t join u left join v on u.a = v.x",
                "(t, u) left join v on t.a = v.x",
                "t natural join u",
                "t join u using (a, b)",
                "t use index (primary), u ignore index for order by (ka)",
                "(select * from t) t",
                "v partition (p0, p1) join t on v.id = t.id",
                "((t join u on true) join v on v.x = u.a)");
    }

    private String aggregate(int depth) {
        return pick(
                "count(*)",
                "count(distinct t.b, t.c)",
                "sum(t.e)",
                "max(" + expr(Math.max(0, depth - 1)) + ")",
                "group_concat(distinct t.c order by t.c desc separator ';')",
                "group_concat(t.a, t.b)",
                "avg(distinct t.f)",
                "json_arrayagg(t.a)",
                "bit_xor(t.b)",
                "std(t.a)");
    }

    String expr(int depth) {
        if (depth <= 0 || chance(15)) {
            return chance(60) ? column() : literal();
        }
        Supplier<String> e = () -> maybeParen(expr(depth - 1));
        return any(
                () -> e.get() + pick(" + ", "-", " * ", " / ", " div ", " % ", " mod ") + e.get(),
                () -> e.get() + pick(" & ", " | ", " ^ ", " << ", ">>") + e.get(),
                () -> e.get() + pick(" = ", "< ", " <= ", "> ", " >= ", " <> ", "!= ", " <=> ") + e.get(),
                () -> e.get() + pick(" and ", " or ", " xor ", " && ", " || ") + e.get(),
                () -> e.get() + pick(" and ", " or ") + e.get() + pick(" and ", " or ", " xor ") + e.get(),
                () -> pick("not ", "! ", "-", "- ", "~", "+", "binary ") + e.get(),
                () -> e.get() + pick(" is null", " is not null", " is true", " is not false", " is unknown"),
                () -> e.get() + pick(" in (", " not in (")
                        + pick("1, 2, -3", "1", "'a', 'b'", "null, 1", expr(0) + ", " + expr(0)) + ")",
                () -> e.get() + pick(" between ", " not between ") + e.get() + " and " + e.get(),
                () -> e.get() + pick(" like ", " not like ", " regexp ", " rlike ", " sounds like ") + e.get(),
                () -> e.get() + " like 'a!%' escape '!'",
                () -> "case " + pick("", e.get()) + " when " + e.get() + " then " + e.get()
                        + pick("", " else " + e.get()) + " end",
                () -> pick("if", "concat", "coalesce", "greatest") + "(" + e.get() + ", " + e.get() + ", " + e.get()
                        + ")",
                () -> special(e),
                () -> temporal(e),
                () -> e.get() + " collate utf8mb4_bin",
                () -> "(" + column() + ", " + column() + ")" + pick(" = ", " <> ") + "(" + e.get() + ", 2)",
                () -> "(select " + expr(depth - 1) + " from u limit 1)",
                () -> pick("exists", "not exists") + " (select 1 from u where " + expr(depth - 1) + ")",
                () -> e.get() + pick(" in ", " not in ", " = any ", " > all ") + "(select a from u where " + expr(0)
                        + ")",
                () -> "@x := " + e.get());
    }

    private String special(Supplier<String> e) {
        return any(
                () -> "trim(" + pick("", "both 'x' from ", "leading from ", "trailing 'y' from ", "'z' from ") + "t.c)",
                () -> "substring(" + e.get() + pick(" from 2 for 3", " from 2", ", 2, 1") + ")",
                () -> "position('a' in " + column() + ")",
                () -> "cast(" + e.get() + " as "
                        + pick(
                                "signed",
                                "unsigned integer",
                                "char(5)",
                                "char(3) charset latin1",
                                "decimal(8,3)",
                                "date",
                                "datetime(3)",
                                "json",
                                "binary(4)",
                                "nchar")
                        + ")",
                () -> "convert(" + e.get() + pick(", signed)", " using utf8mb4)", ", char)", " using latin1)"),
                () -> "char(65, 66" + pick("", " using latin1") + ")",
                () -> "weight_string(t.c" + pick("", " as char(3)", " as binary(4)") + ")",
                () -> "match(t.c) against ('x' "
                        + pick("in boolean mode", "in natural language mode", "with query expansion", "") + ")",
                () -> "t.j -> '$.k'",
                () -> "t.j->>'$.k'",
                () -> "json_extract(t.j, '$.k[0]')",
                () -> "mod(" + e.get() + ", 3)",
                () -> "left(t.c, 1)",
                () -> "replace(t.c, 'a', 'b')",
                () -> "locate('a', t.c, 1)",
                () -> "format(" + e.get() + ", 2)",
                () -> "interval(" + e.get() + ", 1, 2)",
                () -> "_latin1'x' = " + e.get(),
                () -> "'a' 'b' = " + e.get(),
                () -> "@@sql_mode = " + e.get());
    }

    private String temporal(Supplier<String> e) {
        String unit = pick("day", "month", "year", "hour", "minute_second", "quarter", "week", "microsecond");
        return any(
                () -> "t.d" + pick(" + ", " - ") + "interval (" + e.get() + ") " + unit,
                () -> "interval 1 " + unit + " + t.d",
                () -> "date_add(t.d, interval (" + e.get() + ") " + unit + ")",
                () -> "extract(" + unit + " from t.d)",
                () -> "timestampadd(" + pick("day", "sql_tsi_hour") + ", " + e.get() + ", t.d)",
                () -> "timestampdiff(month, t.d, date'2024-02-01')",
                () -> "t.d > "
                        + pick(
                                "timestamp'2024-01-01 00:00:00'",
                                "date '2023-01-01'",
                                "{d '2023-01-01'}",
                                "'2020-01-01'"),
                () -> "get_format(date, 'usa')");
    }

    private String maybeParen(String expr) {
        return chance(40) ? "(" + expr + ")" : expr;
    }

    private String column() {
        return pick("t.a", "t.b", "t.c", "t.d", "t.e", "t.f", "`t`.`a`", "t.id", "t.bin", "t.bt");
    }

    private String literal() {
        return pick(
                "1",
                "0",
                "2.50",
                "1e2",
                ".5",
                "'x'",
                "'it''s'",
                "\"q\"",
                "'a\\'b\\n'",
                "'\\%'",
                "null",
                "true",
                "false",
                "0x41",
                "x'4142'",
                "b'101'",
                "0b11",
                "N'n'",
                "_utf8mb4'u'",
                "-5",
                "18446744073709551615",
                "''",
                "_binary'z'",
                "9223372036854775808",
                "123456789012345678901234567890");
    }

    private String insert() {
        return pick("insert ", "insert ignore ", "replace ", "insert into ", "insert low_priority into ")
                + pick(
                        "u (id, a, c) values (9, " + literal() + ", " + literal() + "), (10, default, 'k')",
                        "u set id = 8, a = 1 + 1",
                        "u (id, a) select t.id, " + expr(1) + " from t",
                        "v () values ()",
                        "u values (11, 1, 2, 'c', '2024-01-01', 1.5)");
    }

    private String update() {
        return pick(
                "update t set a = " + expr(1) + ", c = default where " + expr(2) + pick("", " order by id limit 1"),
                "update low_priority ignore t set t.b = 1 where " + expr(1),
                "update t join u on t.id = u.id set t.a = u.a + " + literal() + " where " + expr(1),
                "update t, u set t.a = 1, u.a = 2 where t.id = u.id");
    }

    private String delete() {
        return pick(
                "delete from t where " + expr(2) + pick("", " order by id desc limit 2"),
                "delete t, u from t join u on t.id = u.id where " + expr(1),
                "delete from t using t join u on t.id = u.id where " + expr(1),
                "delete quick from v partition (p1) where id = 3",
                "delete t.* from t left join u on t.id = u.id where u.id is null");
    }
}
