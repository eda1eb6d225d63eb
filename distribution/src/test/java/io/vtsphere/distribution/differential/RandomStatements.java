package io.vtsphere.distribution.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import java.util.function.Supplier;

/** Random queries over the tables of {@link ShardedEqualsOneIT}: joins, subqueries, groups, unions, windows, expressions of every type. */
final class RandomStatements {
    private static final int DEEPEST = 2;

    private enum Kind {
        INT,
        TEXT,
        DEC,
        TIME
    }

    private record Column(String name, Kind kind) {}

    private record Table(String name, List<Column> columns) {}

    private static final List<Table> TABLES = List.of(
            table("t1", "id:INT a:INT u:INT b:TEXT d:DEC dt:TIME"),
            table("t2", "id:INT t1id:INT v:INT x:TEXT y:DEC z:TIME"),
            table("t3", "k:TEXT v:INT w:INT e:TEXT"),
            table("r", "id:INT name:TEXT"),
            table("f", "id:INT a:INT name:TEXT"));

    private final Random random;
    private int depth;
    private int aliases;

    /** A query, and whether it fixes the order of its rows. */
    record Statement(String sql, boolean ordered) {}

    private record Source(String alias, List<Column> columns) {}

    RandomStatements(long seed) {
        this.random = new Random(seed);
    }

    private static Table table(String name, String columns) {
        List<Column> list = new ArrayList<>();
        for (String column : columns.split(" ")) {
            String[] parts = column.split(":");
            list.add(new Column(parts[0], Kind.valueOf(parts[1])));
        }
        return new Table(name, list);
    }

    Statement next() {
        depth = 0;
        aliases = 0;
        List<Source> sources = new ArrayList<>();
        String from = from(sources, 3);
        String where = random.nextInt(4) == 0 ? "" : " where " + conditions(sources, List.of());
        String rest = " from " + from + where;
        switch (random.nextInt(17)) {
            case 12:
                return simplyGrouped();
            case 13:
                return simplyOrdered();
            case 14:
                return simplyUnited();
            case 15:
                return bag("select s.n, s.m" + from(grouped("s"), rest));
            case 16:
                return bag("select distinct " + folded(column(sources)) + " as c" + rest + " union select 'x'");
            case 0:
                return bag("select " + aggregate(sources) + ", " + aggregate(sources) + besideCounts(where) + rest);
            case 1:
            case 2:
                return grouped(sources, rest);
            case 3:
                String distinct = folded(column(sources)) + " as c1, hex(" + expression(sources) + ") as c2";
                return new Statement("select distinct " + distinct + rest, false);
            case 4:
                return bag("select " + column(sources) + ", (" + deeper(() -> scalar(sources)) + ") as s" + rest);
            case 5:
                String right = "select " + integer(table()) + " from ";
                String union = any(" union ", " union all ");
                List<Source> others = new ArrayList<>();
                String otherFrom = from(others, 2);
                return bag("select " + column(sources, Kind.INT) + " as n" + rest + union + "select "
                        + column(others, Kind.INT) + " from " + otherFrom + (right.isEmpty() ? "" : ""));
            case 6:
                return windowed(sources, rest);
            case 7:
            case 8:
                return ordered(sources, rest);
            default:
                return bag(
                        "select " + column(sources) + ", " + expression(sources) + " as e1, " + column(sources) + rest);
        }
    }

    /**
     * MySQL 8.0.15 counts the NULLs too, {@code select count(a), count(*) from t}, where a query without WHERE and GROUP BY has COUNTs only
     * and one of them counts what is never NULL.
     */
    private static String besideCounts(String where) {
        return where.isEmpty() ? ", max(1) as counted" : "";
    }

    private static Statement bag(String sql) {
        return new Statement(sql, false);
    }

    /** Groups of one table, which shards compute in part. */
    private Statement simplyGrouped() {
        Table table = table();
        List<Source> source = List.of(new Source(table.name(), table.columns()));
        String where = random.nextBoolean() ? "" : " where " + simple(source, source);
        String key = column(source);
        String sql = "select " + any("", "hex(" + key + ") as h, ") + aggregate(source) + any("", " * 2") + " as m, "
                + aggregate(source) + " as n";
        boolean groups = random.nextInt(5) > 0;
        sql += (groups ? "" : besideCounts(where)) + " from " + table.name() + where;
        if (groups) {
            sql += " group by " + key;
            if (sql.contains("as h")) {
                sql = sql.replace("hex(" + key + ") as h", "upper(hex(max(" + key + ") is null)) as h");
            }
        }
        return bag(sql
                + any("", " having m > 1", " having count(*) > 1", " having n is not null order by m, n limit 100"));
    }

    private static String from(String derived, String rest) {
        return " from " + derived + (rest.isEmpty() ? "" : "");
    }

    private String grouped(String alias) {
        Table table = table();
        List<Source> source = List.of(new Source(table.name(), table.columns()));
        String key = column(source, Kind.INT);
        return "(select " + key + " as n, " + aggregate(source) + " as m from " + table.name() + " group by " + key
                + ") as " + alias
                + any(
                        "",
                        " where s.n > 1",
                        " where s.m <> 2",
                        " join r as r1 on r1.id = s.n",
                        " join t1 as o1 on o1.a = s.n");
    }

    /** Rows of one table in order, also by texts and ENUMs; what is shown is the same for equal keys. */
    private Statement simplyOrdered() {
        Table table = TABLES.get(random.nextInt(3));
        Column key = table.columns().get(random.nextInt(table.columns().size()));
        String column = table.name() + "." + key.name();
        return new Statement(
                "select hex(" + column + ") as h from " + table.name() + " order by " + column + any("", " desc")
                        + ", h" + any("", " limit 3", " limit 4, 3"),
                true);
    }

    /** Branches of different types, or texts. */
    private Statement simplyUnited() {
        Table left = TABLES.get(random.nextInt(3));
        Table right = TABLES.get(random.nextInt(5));
        List<Source> first = List.of(new Source(left.name(), left.columns()));
        List<Source> second = List.of(new Source(right.name(), right.columns()));
        return bag("select " + column(first) + " as n, 1 as b from " + left.name() + " union all select "
                + column(second) + ", 2 from " + right.name());
    }

    private Statement grouped(List<Source> sources, String rest) {
        String key = column(sources);
        String having = random.nextInt(3) == 0 ? " having " + aggregate(sources) + " > " + random.nextInt(4) : "";
        String expression = random.nextBoolean() ? ", " + aggregate(sources) + " + " + random.nextInt(3) + " as p" : "";
        String sql = "select " + folded(key) + " as g, " + aggregate(sources) + " as m" + expression + rest
                + " group by " + folded(key) + having;
        return bag(sql);
    }

    /**
     * Texts that are equal under a collation are one group, of which MySQL shows any. MySQL 8.0.15 takes NULL and the empty text for equal
     * when it sorts an expression, and so makes several groups of NULLs.
     */
    private static String folded(String column) {
        return "ifnull(hex(upper(" + column + ")), 'null')";
    }

    private Statement windowed(List<Source> sources, String rest) {
        String over = "over (partition by " + column(sources, Kind.INT) + ")";
        String function =
                any("count(*) ", "sum(" + column(sources, Kind.INT) + ") ", "max(" + column(sources, Kind.DEC) + ") ");
        return bag("select " + column(sources) + ", " + function + over + " as w" + rest);
    }

    private Statement ordered(List<Source> sources, String rest) {
        // MySQL 8.0.15 takes NULL and the empty text for equal when it sorts an expression downwards.
        String first = "ifnull(hex(" + column(sources) + "), 'null')";
        String second = column(sources, Kind.INT);
        String third = "coalesce(" + column(sources, Kind.DEC) + ", 0)";
        String limit = any("", " limit " + random.nextInt(6), " limit 5 offset " + random.nextInt(4));
        String sql = "select " + first + " as o1, " + second + " as o2, " + third + " as o3" + rest + " order by o1"
                + any("", " desc") + ", o2" + any("", " desc") + ", o3" + limit;
        return new Statement(sql, true);
    }

    private String from(List<Source> sources, int most) {
        StringBuilder from = new StringBuilder(leaf(sources));
        for (int i = random.nextInt(most); i > 0; i--) {
            List<Source> right = new ArrayList<>();
            String next = leaf(right);
            String on = equality(sources, right);
            sources.addAll(right);
            if (random.nextInt(4) == 0) {
                on += " and " + simple(sources, sources);
            }
            from.append(any(" join ", " join ", " left join ", " right join "))
                    .append(next)
                    .append(" on ")
                    .append(on);
        }
        return from.toString();
    }

    private Table table() {
        return TABLES.get(random.nextInt(TABLES.size()));
    }

    private String leaf(List<Source> sources) {
        String alias = "s" + aliases++;
        Table table = table();
        if (depth >= DEEPEST || random.nextInt(5) > 0) {
            sources.add(new Source(alias, table.columns()));
            return table.name() + " as " + alias;
        }
        List<Source> inner = new ArrayList<>();
        String body = deeper(() -> {
            String from = from(inner, 2);
            String where = " where " + conditions(inner, List.of());
            return random.nextBoolean()
                    ? "select " + column(inner, Kind.INT) + " as n, " + column(inner, Kind.TEXT) + " as s from " + from
                            + where
                    : "select " + column(inner, Kind.INT) + " as n, max(" + column(inner, Kind.INT) + ") as s from "
                            + from + where + " group by 1";
        });
        Kind second = body.contains("max(") && body.endsWith("group by 1") ? Kind.INT : Kind.TEXT;
        sources.add(new Source(alias, List.of(new Column("n", Kind.INT), new Column("s", second))));
        return "(" + body + ") as " + alias;
    }

    private String equality(List<Source> left, List<Source> right) {
        Kind kind = random.nextInt(4) == 0 ? Kind.TEXT : Kind.INT;
        return column(left, kind) + " = " + column(right, kind);
    }

    private String conditions(List<Source> sources, List<Source> outer) {
        StringJoiner all = new StringJoiner(" and ");
        for (int i = random.nextInt(2); i >= 0; i--) {
            all.add(condition(sources, outer));
        }
        return all.toString();
    }

    private String condition(List<Source> sources, List<Source> outer) {
        List<Source> visible = new ArrayList<>(sources);
        visible.addAll(outer);
        switch (depth < DEEPEST ? random.nextInt(12) : 0) {
            case 8:
                return any("exists (", "not exists (") + deeper(() -> subquery(visible, Kind.INT)) + ")";
            case 9:
                return column(sources, Kind.INT) + any(" in (", " not in (") + deeper(() -> subquery(visible, Kind.INT))
                        + ")";
            case 10:
                return "(" + deeper(() -> scalar(visible)) + ")" + any(" > ", " = ", " < ") + random.nextInt(4);
            case 11:
                return "(" + simple(sources, visible) + " or " + simple(sources, visible) + ")";
            default:
                return simple(sources, visible);
        }
    }

    private String simple(List<Source> sources, List<Source> visible) {
        switch (random.nextInt(10)) {
            case 0:
            case 1:
                return column(sources, Kind.INT) + any(" = ", " = ", " < ", " <> ") + column(visible, Kind.INT);
            case 2:
                return column(sources, Kind.TEXT) + any(" = ", " <> ", " > ") + column(visible, Kind.TEXT);
            case 3:
                return column(sources, Kind.TEXT) + any(" = ", " like ", " >= ") + any("'a'", "'A%'", "'b '", "'%c'");
            case 4:
                return column(sources, Kind.INT) + " in (" + random.nextInt(5) + ", " + random.nextInt(5) + ")";
            case 5:
                return column(sources) + any(" is null", " is not null");
            case 6:
                return column(sources, Kind.DEC) + any(" between 0 and 3", " > 1.5", " <> 2");
            case 7:
                return column(sources, Kind.INT) + " = " + random.nextInt(7);
            case 8:
                return column(sources, Kind.INT) + " <=> " + column(visible, Kind.INT);
            default:
                return "not (" + column(sources, Kind.INT) + " > " + random.nextInt(5) + ")";
        }
    }

    private String subquery(List<Source> outer, Kind kind) {
        List<Source> inner = new ArrayList<>();
        String from = from(inner, 2);
        return "select " + column(inner, kind) + " from " + from + " where " + conditions(inner, outer);
    }

    private String scalar(List<Source> outer) {
        List<Source> inner = new ArrayList<>();
        String from = from(inner, 1);
        return "select " + any("count(*)", "max(" + column(inner, Kind.INT) + ")") + " from " + from + " where "
                + conditions(inner, outer);
    }

    private String expression(List<Source> sources) {
        switch (random.nextInt(9)) {
            case 0:
                return column(sources, Kind.INT) + any(" + ", " - ", " * ", " / ", " % ") + column(sources, Kind.INT);
            case 1:
                return column(sources, Kind.DEC) + any(" + ", " * ", " / ") + column(sources, Kind.INT);
            case 2:
                return "concat(" + column(sources, Kind.TEXT) + ", '-', " + column(sources, Kind.INT) + ")";
            case 3:
                return "case when " + simple(sources, sources) + " then " + column(sources, Kind.INT) + " else "
                        + column(sources, Kind.DEC) + " end";
            case 4:
                return "coalesce(" + column(sources, Kind.TEXT) + ", 'none')";
            case 5:
                return "if(" + simple(sources, sources) + ", 1, null)";
            case 6:
                return "round(" + column(sources, Kind.DEC) + ", 1)";
            case 7:
                return column(sources, Kind.TEXT) + " = " + column(sources, Kind.TEXT);
            default:
                return "date(" + column(sources, Kind.TIME) + ")";
        }
    }

    private String aggregate(List<Source> sources) {
        switch (random.nextInt(9)) {
            case 0:
                return "count(*)";
            case 1:
                return "sum(" + column(sources, Kind.INT) + ")";
            case 2:
                return "sum(" + column(sources, Kind.DEC) + ")";
            case 3:
                return "avg(" + column(sources, any(Kind.INT, Kind.DEC)) + ")";
            case 4:
                return any("min(", "max(") + column(sources, any(Kind.INT, Kind.DEC)) + ")";
            case 5:
                return "count(distinct " + column(sources) + ")";
            case 6:
                return "sum(distinct " + column(sources, Kind.INT) + ")";
            case 7:
                return "count(" + column(sources) + ")";
            default:
                return any("bit_or(", "bit_xor(") + column(sources, Kind.INT) + ")";
        }
    }

    private Kind any(Kind... kinds) {
        return kinds[random.nextInt(kinds.length)];
    }

    private String deeper(Supplier<String> part) {
        depth++;
        String text = part.get();
        depth--;
        return text;
    }

    private String column(List<Source> sources) {
        Source source = sources.get(random.nextInt(sources.size()));
        return source.alias() + "."
                + source.columns().get(random.nextInt(source.columns().size())).name();
    }

    /** A column of that kind; where there is none, a constant of the kind. */
    private String column(List<Source> sources, Kind kind) {
        for (int i = 0; i < 6; i++) {
            Source source = sources.get(random.nextInt(sources.size()));
            Column column = source.columns().get(random.nextInt(source.columns().size()));
            if (column.kind() == kind) {
                return source.alias() + "." + column.name();
            }
        }
        return switch (kind) {
            case INT ->
                sources.get(0).columns().get(0).kind() == Kind.INT
                        ? sources.get(0).alias() + "."
                                + sources.get(0).columns().get(0).name()
                        : "2";
            case TEXT -> "'b'";
            case DEC -> "1.5";
            case TIME -> "timestamp'2020-01-02 03:04:05'";
        };
    }

    private static String integer(Table table) {
        return table.columns().get(0).name();
    }

    private String any(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
