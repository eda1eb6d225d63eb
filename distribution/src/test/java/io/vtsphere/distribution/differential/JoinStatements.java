package io.vtsphere.distribution.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;

/**
 * Random joins of tables that lie apart, by columns of every type by whose values rows can be told to go together in the gate: inner and outer
 * ones of up to four tables, with conditions, sorted and limited. What is sorted is sorted by all that is shown.
 */
final class JoinStatements {
    static final String VSCHEMA = """
            "j1": {"column_vindexes": [{"column": "id", "name": "hash"}]},
            "j2": {"column_vindexes": [{"column": "own", "name": "hash"}]},
            "j3": {"column_vindexes": [{"column": "s", "name": "text"}]}""";

    private static final String COLUMNS =
            "n int, u bigint unsigned, s varchar(20), g varchar(20) collate utf8mb4_general_ci,"
                    + " c varchar(20) collate utf8mb4_unicode_ci, b varchar(20) collate utf8mb4_bin,"
                    + " l char(20) character set latin1, vb varbinary(10), d decimal(8,2), dd date, dt datetime";

    static final List<String> TABLES = List.of(
            "create table j1 (id bigint primary key, own int, " + COLUMNS + ")",
            "create table j2 (id int, own bigint, " + COLUMNS + ", primary key (id, own))",
            "create table j3 (id smallint, own int zerofill, " + COLUMNS + ", key (s))");

    static final String FLAT_TABLE = "create table j4 (id int primary key, own bigint, " + COLUMNS + ")";

    private static final List<String> NAMES = List.of("j1", "j2", "j3", "flat.j4");
    private static final List<String> LINKS =
            List.of("id", "id", "own", "own", "n", "n", "u", "s", "s", "g", "c", "b", "l", "vb", "vb", "d", "dd", "dt");
    private static final List<String> SHOWN = List.of(
            "id", "own", "n", "u", "ifnull(hex(%s.s), 'null')", "ifnull(hex(%s.b), 'null')", "vb", "d", "dd", "dt");
    private static final List<String> PLAIN = List.of("id", "own", "n", "u", "vb", "d", "dd", "dt");

    private final Random random;

    JoinStatements(long seed) {
        random = new Random(seed);
    }

    /** Rows for each table, some of whose values are in others too. */
    static List<String> rows(long seed) {
        Random random = new Random(seed);
        List<String> statements = new ArrayList<>();
        for (String table : NAMES) {
            for (int i = 1; i <= 12; i++) {
                StringJoiner row = new StringJoiner(", ", "insert into " + table + " values (", ")");
                row.add(Integer.toString(i));
                row.add(random.nextInt(9) == 0 && table.equals("flat.j4") ? "null" : "" + random.nextInt(12));
                row.add(value(random, "0", "1", "2", "-3", "7"));
                row.add(value(random, "0", "1", "2", "18446744073709551615", "7"));
                String text = value(random, "'a'", "'A'", "'b'", "'b '", "'\u00e4'", "''", "'1'");
                row.add(table.equals("j3") && text.equals("null") ? "'z'" : text);
                for (int column = 0; column < 3; column++) {
                    row.add(value(random, "'a'", "'A'", "'b'", "'b '", "'\u00e4'", "''", "'1'"));
                }
                row.add(value(random, "'a'", "'A'", "'b'", "'\u00e4'", "''"));
                row.add(value(random, "'a'", "'A'", "'b'", "'b '", "'b\\0'", "''"));
                row.add(value(random, "1.5", "0", "-2.25", "7"));
                row.add(value(random, "'2020-01-01'", "'2020-01-02'", "'1999-12-31'"));
                row.add(value(random, "'2020-01-01 10:00:00'", "'2020-01-02 00:00:00'"));
                statements.add(row.toString());
            }
        }
        return statements;
    }

    private static String value(Random random, String... values) {
        return random.nextInt(6) == 0 ? "null" : values[random.nextInt(values.length)];
    }

    RandomStatements.Statement next() {
        List<String> aliases = new ArrayList<>();
        List<String> filled = new ArrayList<>();
        StringBuilder from = new StringBuilder(leaf(aliases));
        StringJoiner where = new StringJoiner(" and ", " where ", "").setEmptyValue("");
        for (int i = 1 + random.nextInt(3) * random.nextInt(2); i > 0; i--) {
            List<String> before = List.copyOf(aliases);
            String right = leaf(aliases);
            String alias = aliases.get(aliases.size() - 1);
            String on = link(before, alias) + (random.nextInt(5) == 0 ? " and " + link(before, alias) : "");
            switch (random.nextInt(6)) {
                case 0 -> {
                    from.append(" cross join ").append(right);
                    where.add(on);
                }
                case 1, 2 -> {
                    String more = random.nextInt(3) == 0
                            ? " and " + condition(random.nextInt(3) == 0 ? any(before) : alias)
                            : "";
                    from.append(" left join ")
                            .append(right)
                            .append(" on ")
                            .append(on)
                            .append(more);
                    filled.add(alias);
                }
                default -> from.append(" join ").append(right).append(" on ").append(on);
            }
        }
        for (String alias : aliases) {
            if (random.nextInt(4) == 0) {
                where.add(
                        filled.contains(alias) && random.nextBoolean()
                                ? alias + "." + any(PLAIN) + " is null"
                                : condition(alias));
            }
        }
        String rest = " from " + from + where;
        if (random.nextInt(4) == 0) {
            return new RandomStatements.Statement("select " + star(aliases) + rest, false);
        }
        return listed(aliases, filled, rest);
    }

    private RandomStatements.Statement listed(List<String> aliases, List<String> filled, String rest) {
        StringJoiner list = new StringJoiner(", ");
        StringJoiner order = new StringJoiner(", ", " order by ", "");
        int columns = 1 + random.nextInt(4);
        for (int i = 0; i < columns; i++) {
            String alias = any(aliases);
            String column = any(filled.contains(alias) ? PLAIN : SHOWN);
            String expression = column.contains("%s") ? column.formatted(alias) : alias + "." + column;
            list.add(expression + " as c" + i);
            order.add(any(List.of("c" + i, expression)) + any(List.of("", " desc")));
        }
        String limit = any(List.of("", "", " limit 3", " limit 2, 4"));
        boolean ordered = random.nextBoolean();
        return new RandomStatements.Statement("select " + list + rest + (ordered ? order + limit : ""), ordered);
    }

    private String star(List<String> aliases) {
        return random.nextBoolean() ? "*" : any(aliases) + ".*, " + any(aliases) + ".id as x";
    }

    private String leaf(List<String> aliases) {
        String alias = "a" + aliases.size();
        aliases.add(alias);
        return any(NAMES) + " as " + alias;
    }

    private String link(List<String> before, String alias) {
        String column = any(LINKS);
        String other = random.nextInt(4) == 0 ? any(List.of("id", "own", "n", "u")) : column;
        boolean integers = List.of("id", "own", "n", "u").contains(column);
        String left = any(before) + "." + column;
        String right = alias + "." + (integers ? other : column);
        return random.nextBoolean() ? left + " = " + right : right + " = " + left;
    }

    private String condition(String alias) {
        String column = alias + "." + any(List.of("id", "own", "n", "u"));
        return any(List.of(
                column + " = " + random.nextInt(8),
                column + " in (1, 2, 7)",
                column + " > 2",
                "(" + alias + ".id < 9 or " + alias + ".n is null)"));
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
