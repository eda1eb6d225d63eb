package io.vtsphere.sql;

import java.util.ArrayList;
import java.util.List;

/** Cuts a text of several statements at its semicolons, outside strings, names and comments. */
public final class Statements {
    private Statements() {}

    public static List<String> split(String sql) {
        return split(sql, SqlModes.DEFAULT);
    }

    /**
     * The statements without their semicolons, blanks at the ends removed, comments kept; empty ones are left out. A text that holds
     * none gives an empty list. What cannot be cut into tokens goes, up to the end, into the last statement: its parse reports it.
     */
    public static List<String> split(String sql, SqlModes modes) {
        if (sql.indexOf(';') < 0) {
            String only = sql.strip();
            return only.isEmpty() ? List.of() : List.of(only);
        }
        List<String> statements = new ArrayList<>();
        Lexer lexer = new Lexer(sql, modes);
        int start = 0;
        boolean more = true;
        while (more) {
            switch (lexer.next()) {
                case SEMICOLON -> {
                    add(statements, sql.substring(start, lexer.start()));
                    start = lexer.end();
                }
                case END -> more = false;
                default -> {}
            }
        }
        add(statements, sql.substring(start));
        return statements;
    }

    private static void add(List<String> statements, String text) {
        String stripped = text.strip();
        if (!stripped.isEmpty()) {
            statements.add(stripped);
        }
    }
}
