package io.vtsphere.distribution.differential;

import java.util.List;
import java.util.Random;

/**
 * Random UPDATE and DELETE over the tables of {@link WritesEqualOneIT}, and INSERTs that bring rows back. Each changes the same rows in every
 * MySQL: LIMIT stands with an order that tells all rows apart, and no row is joined with several that give it different values.
 *
 * <p>A subquery over the changed table itself stands in a derived table with DISTINCT: MySQL refuses others (1093).
 */
final class RandomWrites {
    private static final List<String> NUMBERS = List.of("a", "c");
    private static final List<String> TEXTS = List.of("'a'", "'B'", "'b '", "''", "'\u00e4'", "'10'", "null", "'long'");

    private final Random random;

    /** A table with its key columns; each has the columns a, c (int), b (text) and d (decimal). */
    private record Table(String name, List<String> key) {}

    private static final List<Table> TABLES = List.of(
            new Table("w1", List.of("id")),
            new Table("w2", List.of("pid", "n")),
            new Table("w3", List.of("k")),
            new Table("o", List.of("id")),
            new Table("f", List.of("id")));

    RandomWrites(long seed) {
        this.random = new Random(seed);
    }

    String next() {
        switch (random.nextInt(12)) {
            case 0:
            case 1:
                return limited();
            case 2:
            case 3:
                return bySubquery();
            case 4:
            case 5:
                return withValues();
            case 6:
                return updateOfJoin();
            case 7:
                return updateOfBoth();
            case 8:
            case 9:
                return deleteOfJoin();
            case 10:
                return insertOfSubquery();
            default:
                Table table = table();
                return random.nextBoolean()
                        ? "update " + table.name() + " set " + sets(table, "") + " where " + condition("")
                        : "delete from " + table.name() + " where " + condition("") + " and " + condition("");
        }
    }

    /** One new row for each table. */
    List<String> rows() {
        return TABLES.stream().map(this::row).toList();
    }

    private String row(Table table) {
        String key =
                switch (table.name()) {
                    case "w2" -> random.nextInt(9) + ", " + random.nextInt(9);
                    case "w3" -> "'k" + random.nextInt(14) + "'";
                    case "o" -> {
                        int id = random.nextInt(20);
                        yield id + ", " + (100 + id);
                    }
                    default -> Integer.toString(random.nextInt(20));
                };
        String columns = String.join(", ", table.key()) + (table.name().equals("o") ? ", code" : "");
        return "insert into " + table.name() + " (" + columns + ", a, b, c, d) values (" + key + ", " + number() + ", "
                + text() + ", " + number() + ", " + (random.nextInt(80) - 20) / 4.0 + ")";
    }

    private String limited() {
        Table table = table();
        String order = String.join(any(", ", " desc, "), table.key());
        String tail = " where " + condition("") + " order by " + any("", "a, ", "d desc, ", "b, ") + order
                + any("", " desc") + " limit " + random.nextInt(5);
        return random.nextInt(3) > 0
                ? "update " + table.name() + " set " + sets(table, "") + tail
                : "delete from " + table.name() + tail;
    }

    private String bySubquery() {
        Table table = table();
        Table other = table();
        String column = any("a", "c");
        String inner;
        switch (random.nextInt(5)) {
            case 0:
                inner = column + any(" in (", " not in (") + "select * from (select distinct " + any("a", "c")
                        + " from " + other.name() + " where " + condition("") + ") as q)";
                break;
            case 1:
                inner = column + any(" = (", " > (", " <> (") + "select * from (select " + any("max(", "min(", "count(")
                        + any("a", "c") + ") as m from " + other.name() + ") as q)";
                break;
            case 2:
                inner = table == other
                        ? "exists (select 1 from (select distinct a from " + other.name() + ") as q where q.a = "
                                + table.name() + "." + column + ")"
                        : any("", "not ") + "exists (select 1 from " + other.name() + " as q where q.a = "
                                + table.name() + "." + column + " and " + condition("q.") + ")";
                break;
            case 3:
                inner = "(" + column + ", " + other(column)
                        + ") in (select x, y from (select distinct a as x, c as y from " + other.name() + ") as q)";
                break;
            default:
                inner = table == other
                        ? condition("")
                        : column + " < (select count(*) from " + other.name() + " as q where q.c <=> " + table.name()
                                + ".c)";
        }
        String where = " where " + inner + any("", " and " + condition(""), " or " + condition(""));
        return random.nextInt(3) > 0
                ? "update " + table.name() + " set " + sets(table, "") + where
                : "delete from " + table.name() + where + any("", " and " + condition(""));
    }

    private String withValues() {
        Table table = table();
        Table other;
        do {
            other = table();
        } while (other == table);
        String value = any(
                "(select max(q.a) from " + other.name() + " as q)",
                "(select min(q.c) from " + other.name() + " as q where q.a = " + table.name() + ".c)",
                "(select count(*) from " + other.name() + " as q where q.b = " + table.name() + ".b)",
                "c + (select count(distinct q.a) from " + other.name() + " as q)",
                "(select q.a from " + other.name() + " as q where q.c = 3)");
        String text = "(select left(max(hex(q.b)), 20) from " + other.name() + " as q where q.a < 4)";
        String sets = any("a = " + value, "d = " + value + " / 4", "b = " + text, "a = " + value + ", b = " + text);
        return "update " + table.name() + " set " + sets + any("", ", c = c + 1") + " where " + condition("")
                + any("", " order by " + String.join(", ", table.key()) + " limit 3");
    }

    /** Each row of the first table meets one of the second at most. */
    private String updateOfJoin() {
        Table table = table();
        Table other = any(new Table("f", List.of("id")), new Table("w1", List.of("id")));
        String sets = any(
                "t.b = q.b",
                "t.b = concat(q.b, t.b), t.d = t.d + 1",
                "t.a = q.c, t.b = 'j'",
                "t.d = q.d * 2",
                "t.c = 7");
        return "update " + table.name() + " as t " + any("join ", "left join ") + other.name() + " as q on t.a = q.id"
                + any("", " and " + condition("q.")) + " set " + sets + any("", " where " + condition("t."));
    }

    private String updateOfBoth() {
        Table table = table();
        Table other = any(new Table("f", List.of("id")), new Table("w1", List.of("id")));
        return "update " + table.name() + " as t join " + other.name() + " as q on t.a = q.id set t.b = "
                + any("q.d", "'both'") + ", q.c = " + any("q.c + 1", "5") + " where " + condition("t.");
    }

    private String deleteOfJoin() {
        Table table = table();
        Table other = table();
        String targets = any("t", "t", "t, q");
        return "delete " + targets + " from " + table.name() + " as t " + any("join ", "left join ") + other.name()
                + " as q on t.a = q." + any("a", "c") + " and " + condition("q.") + " where " + condition("t.")
                + " and "
                + any(condition("t."), "q.a is null", "q.d > 2");
    }

    private String insertOfSubquery() {
        Table other = any(TABLES.get(1), TABLES.get(2), TABLES.get(3));
        return "insert into " + any("w1", "f") + " (id, a, b) values (" + (20 + random.nextInt(9)) + ", (select "
                + any("max(a)", "count(*)") + " from " + other.name() + "), " + text()
                + "), (50 + (select count(*) from "
                + other.name() + "), " + number() + ", (select left(min(hex(b)), 20) from " + other.name()
                + " where a = 2))";
    }

    private String sets(Table table, String prefix) {
        String sets = any(
                prefix + "b = " + text(),
                prefix + "a = " + prefix + "a + 1, " + prefix + "c = " + prefix + "a",
                prefix + "d = " + prefix + "d * 2",
                prefix + "c = " + number() + ", " + prefix + "b = concat(" + prefix + "b, '!')");
        return table.name().equals("o") && random.nextInt(4) == 0
                ? sets + ", code = " + (200 + random.nextInt(40))
                : sets;
    }

    private String condition(String prefix) {
        return switch (random.nextInt(8)) {
            case 0 -> prefix + any("a", "c") + " in (" + random.nextInt(6) + ", " + random.nextInt(6) + ")";
            case 1 -> prefix + "b " + any("= ", "<> ", "> ") + any("'a'", "'b'", "'B '");
            case 2 -> prefix + "b is " + any("", "not ") + "null";
            case 3 -> prefix + "d between 0 and " + random.nextInt(12);
            case 4 -> "not (" + prefix + "a > " + random.nextInt(5) + ")";
            case 5 -> prefix + "a < " + prefix + "c";
            default -> prefix + any("a", "c") + any(" < ", " > ", " <> ") + random.nextInt(6);
        };
    }

    private String other(String column) {
        return NUMBERS.get(1 - NUMBERS.indexOf(column));
    }

    private Table table() {
        return TABLES.get(random.nextInt(TABLES.size()));
    }

    private String number() {
        return random.nextInt(6) == 0 ? "null" : Integer.toString(random.nextInt(7));
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    @SafeVarargs
    private <T> T any(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
