package io.vtsphere.sql;

import java.util.Random;
import java.util.function.IntFunction;

/** Random statements around the clauses that stand beside expressions: windows, CTEs, LATERAL, JSON_TABLE, nested unions, locks, hints. */
final class ClauseGenerator {
    private final Random random;
    private final IntFunction<String> expr;

    /** @param expr an expression of at most that depth on the columns of t */
    ClauseGenerator(Random random, IntFunction<String> expr) {
        this.random = random;
        this.expr = expr;
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    String statement() {
        return switch (random.nextInt(12)) {
            case 0, 1 -> windowed();
            case 2 -> commonTables();
            case 3 -> lateral();
            case 4 -> jsonTable();
            case 5, 6 -> union(2) + pick("", " order by 1", " limit 3", " order by 1 desc limit 2, 1");
            case 7 -> hinted();
            case 8 -> locking();
            case 9 -> grouped();
            case 10 -> upsert();
            default -> subqueries();
        };
    }

    private String windowed() {
        String window = pick(
                "w", "(w)", "(w rows unbounded preceding)", "(w range between current row and unbounded following)");
        return "select " + function() + " over "
                + (random.nextBoolean() ? window : "(" + specification() + frame() + ")")
                + pick("", " as x1") + ", " + expr.apply(1) + " from t window w as (" + specification() + ")"
                + pick("", ", w2 as (w)") + pick("", " order by t.id", " limit 2");
    }

    private String function() {
        return pick(
                "row_number()",
                "rank()",
                "dense_rank()",
                "percent_rank()",
                "cume_dist()",
                "ntile(4)",
                "lag(t.a)",
                "lag(t.a, 2, 0)",
                "lead(t.c, 1, 'z') respect nulls",
                "first_value(t.b)",
                "last_value(" + expr.apply(1) + ")",
                "nth_value(t.a, 2)",
                "nth_value(t.a, 2) from first respect nulls",
                "sum(t.e)",
                "count(*)",
                "avg(t.a + 1)",
                "max(" + expr.apply(1) + ")",
                "json_arrayagg(t.a)");
    }

    private String specification() {
        return pick("", "partition by t.a ", "partition by t.a, " + expr.apply(1) + " ") + "order by "
                + pick("t.id", "t.id desc", "t.a asc, t.id");
    }

    private String frame() {
        return pick(
                "",
                " rows 2 preceding",
                " rows between 1 preceding and current row",
                " rows between unbounded preceding and 3 following",
                " rows between 1 following and 2 following",
                " range between unbounded preceding and current row");
    }

    private String commonTables() {
        return pick(
                "with w1 as (select a, c from t), w2(x, y) as (select a, count(*) from w1 group by a) select * from w1, w2 where "
                        + "w1.a = w2.x",
                "with recursive n(i) as (select 1 union all select i + 1 from n where i < 5) select i, t.a from n join t on n.i = t.id where "
                        + expr.apply(1),
                "with recursive n(i, s) as (select 1, cast('a' as char(20)) union distinct select i * 2, concat(s, 'b') from n where i < "
                        + "9) select s from n order by i desc limit 3",
                "select (with w as (select max(a) m from u) select m from w) + 1 x1 from t where " + expr.apply(1),
                "with w as (select * from u) update t join w on w.id = t.id set t.a = w.a where " + expr.apply(1),
                "with w as (select id from u) delete t from t join w on t.id = w.id where " + expr.apply(1),
                "insert into u (id, a) with w as (select id + 100 i, a from t) select i, a from w where a > "
                        + random.nextInt(9));
    }

    private String lateral() {
        return "select t.id, d.* from t" + pick(", ", " join ", " cross join ")
                + pick(
                        "lateral (select u.a, u.c from u where u.a = t.a and " + expr.apply(1) + ") as d",
                        "lateral (select max(u.b) mb from u where u.id < t.id group by u.a limit 1) d (m)",
                        "(select a, b from u limit 3) as d(p, q)")
                + " where " + expr.apply(1);
    }

    private String jsonTable() {
        return "select * from t" + pick(", ", " join ")
                + "json_table(" + pick("t.j", "'[1, {\"a\": 2}]'", "json_array(t.a, t.b)") + ", "
                + pick("'$[*]'", "\"$.k[*]\"")
                + " columns (n for ordinality, v "
                + pick("int", "varchar(10)", "decimal(8,2)", "json", "char(3) character set latin1", "datetime(3)")
                + pick("", " exists") + " path '$'" + ") ) as jt"
                + pick("", " where jt.n > 1 and " + expr.apply(1));
    }

    private String union(int depth) {
        String left = side(depth);
        return left
                + pick(" union ", " union all ", " union distinct ")
                + side(depth)
                + (random.nextInt(3) == 0 ? " union " + side(depth) : "");
    }

    private String side(int depth) {
        return switch (random.nextInt(4)) {
            case 0 -> "select " + expr.apply(1) + " as x1 from t";
            case 1 ->
                "(select " + expr.apply(1) + " as x1 from t" + pick("", " where t.a > 1", " order by t.id limit 2")
                        + ")";
            case 2 -> "select 1";
            default -> depth == 0 ? "select 2" : "select * from (" + union(0) + pick("", " limit 4") + ") as d" + depth;
        };
    }

    private String hinted() {
        return "select "
                + pick(
                        "",
                        "/*+ NO_INDEX_MERGE(t) */ ",
                        "/*+ JOIN_ORDER(u, t) MAX_EXECUTION_TIME(1000) */ ",
                        "/* plain */ ")
                + pick(
                        "",
                        "high_priority ",
                        "sql_calc_found_rows ",
                        "sql_small_result ",
                        "sql_big_result ",
                        "sql_buffer_result ")
                + "t.a, count(*) from t "
                + pick("use index (primary)", "force index for order by (primary)", "ignore key (c)")
                + " join u " + pick("use index ()", "ignore index for join (ka)", "force key for group by (ka)")
                + " on t.id = u.id group by t.a";
    }

    private String locking() {
        return "select " + expr.apply(1) + " from t join u on t.id = u.id where t.id = 1"
                + pick(
                        " for update",
                        " for share",
                        " lock in share mode",
                        " for update of t",
                        " for update of t skip locked for share of u nowait",
                        " limit 1 for update nowait");
    }

    private String grouped() {
        return "select t.a, "
                + pick(
                        "grouping(t.a)",
                        "count(distinct t.b)",
                        "sum(distinct t.e)",
                        "group_concat(distinct t.c order by t.c desc, t.id separator '-')")
                + " from t where " + expr.apply(1) + " group by t.a" + pick("", ", t.b") + pick("", " with rollup")
                + pick("", " having count(*) > 1 and max(t.b) < 5")
                + pick("", " order by null", " order by count(*), t.a desc");
    }

    private String upsert() {
        return pick("insert ", "insert ignore into ", "insert delayed ") + "u (id, a, b) "
                + pick(
                        "values (1, 2, 3), (4, default, default(b))",
                        "select id, a, 1 from t where " + expr.apply(1),
                        "value (5, 1, 1)")
                + pick(
                        "",
                        " on duplicate key update a = values(a) + 1, b = default",
                        " on duplicate key update a = if(u.a > 1, values(b), 0)");
    }

    private String subqueries() {
        return "select t.a from t where "
                + pick(
                        "(t.a, t.b) in (select u.a, u.b from u where u.id = t.id)",
                        "row(t.a, t.b) not in ((1, 2), row(3, 4))",
                        "t.a > some (select a from u)",
                        "t.a <> all (select a from u union select x from v)",
                        "not exists (select * from u where u.a = t.a and exists (select 1 from v where v.x = u.b))",
                        "(select count(*) from u where u.a = t.a) between 1 and (select max(b) from u)",
                        "t.a = (select a from u order by b limit 1) is true",
                        "t.c like (select concat('%', c) from u limit 1) escape '|'")
                + pick(" and ", " or ", " xor ", " && ") + expr.apply(1);
    }
}
