package io.vtsphere.sql;

import java.util.ArrayList;
import java.util.List;

/** Cuts a text of several statements at its semicolons, outside strings, names, comments and the blocks of stored programs. */
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
        ProgramBody body = new ProgramBody();
        int start = 0;
        for (Token token = lexer.next(); token != Token.END; token = lexer.next()) {
            if (token == Token.SEMICOLON && !body.isOpen()) {
                add(statements, sql.substring(start, lexer.start()));
                start = lexer.end();
                body = new ProgramBody();
            } else {
                body.visit(lexer);
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
