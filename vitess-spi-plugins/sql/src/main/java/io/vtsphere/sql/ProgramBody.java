package io.vtsphere.sql;

import java.util.Set;

/**
 * Tells the semicolons inside a stored program from the one behind it: reads the tokens of one statement and counts its open blocks. Source:
 * MySQL manual, "Compound Statement Syntax". Not thread-safe.
 */
final class ProgramBody {
    private static final Set<String> PROGRAMS = Set.of("procedure", "function", "trigger", "event");
    private static final Set<String> OTHER_OBJECTS = Set.of(
            "table",
            "temporary",
            "view",
            "index",
            "unique",
            "fulltext",
            "spatial",
            "database",
            "schema",
            "user",
            "role",
            "server",
            "tablespace",
            "undo",
            "logfile",
            "resource",
            "vschema",
            "vitess_migration",
            "instance");
    /** What IF, WHILE and the like follow where they are statements; the function IF follows something else. */
    private static final Set<String> BEFORE_STATEMENT = Set.of(
            ";", ")", ":", "begin", "then", "else", "do", "loop", "repeat", "row", "deterministic", "data", "sql");

    private boolean first = true;
    private boolean maybe;
    private boolean program;
    private int open;
    private String previous = "";

    /** Takes the current token. */
    void visit(Lexer lexer) {
        String word = lexer.word();
        if (first) {
            first = false;
            maybe = word.equals("create") || word.equals("alter");
        } else if (program) {
            count(lexer, word);
        } else if (maybe) {
            program = PROGRAMS.contains(word);
            maybe = !program && !OTHER_OBJECTS.contains(word);
        }
        previous = word.isEmpty() ? lexer.raw() : word;
    }

    /** Whether a semicolon here belongs to the program. */
    boolean isOpen() {
        return open > 0;
    }

    private void count(Lexer lexer, String word) {
        // a label stands before its colon, which may stand before the block without a blank
        switch (lexer.token() == Token.BIND ? Ascii.lower(lexer.value()) : word) {
            case "begin" -> open++;
            case "case" -> open += previous.equals("end") ? 0 : 1;
            case "if", "while", "loop", "repeat" ->
                open += lexer.token() == Token.BIND || BEFORE_STATEMENT.contains(previous) ? 1 : 0;
            case "end" -> open -= open > 0 ? 1 : 0;
            default -> {}
        }
    }
}
