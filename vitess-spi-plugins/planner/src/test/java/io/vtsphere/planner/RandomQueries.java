package io.vtsphere.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import java.util.function.Supplier;

/**
 * Random queries over the tables {@code a}, {@code b}, {@code c} (sharded by {@code v}) and {@code r} (on every shard), each with the
 * integer columns {@code v}, {@code x}, {@code y}: joins of all kinds, derived tables, subqueries, groups, unions. None sorts or limits.
 */
final class RandomQueries {
    private static final int DEEPEST = 2;

    private final Random random;
    private int depth;
    private int aliases;

    RandomQueries(long seed) {
        this.random = new Random(seed);
    }

    String next() {
        depth = 0;
        aliases = 0;
        List<String> tables = new ArrayList<>();
        String from = from(tables, 4);
        String where = random.nextInt(5) == 0 ? "" : " where " + conditions(tables, List.of());
        String rest = " from " + from + where;
        switch (random.nextInt(10)) {
            case 0:
                return "select count(*)" + rest;
            case 1:
                String group = any(tables) + ".v";
                String having = random.nextBoolean() ? " having count(*) > 1" : "";
                return "select " + group + ", count(*), sum(" + column(tables) + ")" + rest + " group by " + group
                        + having;
            case 2:
                return "select distinct " + column(tables) + ", " + column(tables) + rest;
            case 3:
                return "select " + column(tables) + ", (" + deeper(() -> counted("z", tables)) + ")" + rest;
            case 4:
                String branch = random.nextBoolean() ? " where v = " + value() : "";
                return "select " + column(tables) + rest + " union all select v from " + any("a", "b", "c") + branch;
            default:
                return "select " + column(tables) + ", " + column(tables) + rest;
        }
    }

    /** Some tables joined; their aliases are added to {@code tables}. */
    private String from(List<String> tables, int most) {
        String joined = leaf(tables);
        for (int i = random.nextInt(most); i > 0; i--) {
            List<String> right = new ArrayList<>();
            String next = most > 2 && random.nextInt(6) == 0 ? "(" + from(right, 2) + ")" : leaf(right);
            StringJoiner on = new StringJoiner(" and ");
            on.add(any(tables) + (random.nextInt(5) == 0 ? ".x = " : ".v = ") + any(right) + ".v");
            tables.addAll(right);
            if (random.nextInt(3) == 0) {
                on.add(simple(tables, tables));
            }
            String kind = any("join", "join", "left join", "left join", "right join");
            joined = joined + " " + kind + " " + next + " on " + on;
        }
        return joined;
    }

    private String leaf(List<String> tables) {
        String alias = "t" + aliases++;
        tables.add(alias);
        if (depth >= DEEPEST) {
            return any("a", "b", "c", "r") + " " + alias;
        }
        switch (random.nextInt(12)) {
            case 0:
                return "(" + deeper(this::joinedRows) + ") " + alias;
            case 1:
                return "(" + deeper(() -> "select v, min(x) as x, count(*) as y" + filtered() + " group by v") + ") "
                        + alias;
            case 2:
                return "(" + deeper(() -> "select min(v) as v, x, count(*) as y" + filtered() + " group by x") + ") "
                        + alias;
            case 3:
                return "(" + deeper(() -> "select distinct v, x, y" + filtered()) + ") " + alias;
            case 4:
                return "(" + deeper(() -> "select min(v) as v, count(*) as x, 1 as y" + filtered()) + ") " + alias;
            default:
                return any("a", "b", "c", "a", "b", "c", "r") + " " + alias;
        }
    }

    private String joinedRows() {
        List<String> inner = new ArrayList<>();
        String from = from(inner, 2);
        String first = inner.get(0);
        return "select " + first + ".v as v, " + first + ".x as x, " + first + ".y as y from " + from + " where "
                + conditions(inner, List.of());
    }

    private String filtered() {
        String alias = "d" + aliases++;
        return " from " + any("a", "b", "c") + " " + alias + " where " + conditions(List.of(alias), List.of());
    }

    private String conditions(List<String> tables, List<String> outer) {
        StringJoiner all = new StringJoiner(" and ");
        for (int i = random.nextInt(3); i >= 0; i--) {
            all.add(condition(tables, outer));
        }
        return all.toString();
    }

    private String condition(List<String> tables, List<String> outer) {
        List<String> visible = new ArrayList<>(tables);
        visible.addAll(outer);
        int kind = depth < DEEPEST ? random.nextInt(15) : 0;
        switch (kind) {
            case 9:
            case 10:
                return any("exists (", "not exists (") + deeper(() -> subquery(visible)) + ")";
            case 11:
            case 12:
                return column(tables) + any(" in (", " in (", " not in (") + deeper(() -> subquery(visible)) + ")";
            case 13:
                return any("", "not ") + "(" + column(tables) + " in (" + deeper(() -> subquery(visible)) + ") or "
                        + column(tables) + " = " + value() + ")";
            case 14:
                return "(" + deeper(() -> counted("s" + aliases++, visible)) + ")" + any(" > ", " = ", " < ")
                        + random.nextInt(3);
            default:
                return simple(tables, visible);
        }
    }

    private String simple(List<String> tables, List<String> visible) {
        switch (random.nextInt(10)) {
            case 0:
            case 1:
            case 2:
                return column(tables) + " = " + column(visible);
            case 3:
            case 4:
                return any(tables) + ".v = " + value();
            case 5:
                return column(tables) + any(" > ", " < ", " <> ") + value();
            case 6:
                return column(tables) + " in (" + value() + ", " + value() + ")";
            case 7:
                return column(tables) + any(" is null", " is not null");
            case 8:
                return "(" + column(tables) + ", " + column(tables) + ") = (" + value() + ", " + value() + ")";
            default:
                return "(" + column(tables) + " = " + value() + " or " + column(tables) + " = " + value() + ")";
        }
    }

    private String subquery(List<String> outer) {
        List<String> inner = new ArrayList<>();
        String rest = " from " + from(inner, 2) + " where " + conditions(inner, outer);
        String column = column(inner);
        switch (random.nextInt(8)) {
            case 0:
                return "select " + any("max(", "min(") + column + ")" + rest;
            case 1:
                return "select " + column + rest + " group by " + column + " having count(*) > 0";
            case 2:
                return "select distinct " + column + rest;
            default:
                return "select " + column + rest;
        }
    }

    private String counted(String alias, List<String> outer) {
        return "select count(*) from " + any("a", "b", "c", "r") + " " + alias + " where "
                + conditions(List.of(alias), outer);
    }

    private String deeper(Supplier<String> part) {
        depth++;
        String text = part.get();
        depth--;
        return text;
    }

    private String column(List<String> tables) {
        return any(tables) + "." + any("v", "v", "v", "x", "y");
    }

    private String value() {
        return Integer.toString(random.nextInt(6));
    }

    private String any(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String any(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
