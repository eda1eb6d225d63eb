package io.vtsphere.sql;

/**
 * What a statement is, by its first words, as Vitess names it in its query log and metrics.
 *
 * <p>Source: Vitess' {@code StatementType} of package {@code sqlparser}.
 */
public enum StatementKind {
    SELECT("SELECT"),
    STREAM("STREAM"),
    VSTREAM("VSTREAM"),
    INSERT("INSERT"),
    REPLACE("REPLACE"),
    UPDATE("UPDATE"),
    DELETE("DELETE"),
    DDL("DDL"),
    BEGIN("BEGIN"),
    COMMIT("COMMIT"),
    ROLLBACK("ROLLBACK"),
    SET("SET"),
    SHOW("SHOW"),
    USE("USE"),
    OTHER("OTHER"),
    UNKNOWN("UNKNOWN"),
    COMMENT_ONLY("COMMENT_ONLY"),
    PRIVILEGE("PRIVILEGE"),
    EXPLAIN("EXPLAIN"),
    SAVEPOINT("SAVEPOINT"),
    SAVEPOINT_ROLLBACK("SAVEPOINT_ROLLBACK"),
    RELEASE("RELEASE"),
    VEXPLAIN("VEXPLAIN"),
    LOCK_TABLES("LOCK_TABLES"),
    UNLOCK_TABLES("UNLOCK_TABLES"),
    FLUSH("FLUSH"),
    CALL_PROCEDURE("CALL_PROC"),
    REVERT("REVERT"),
    PREPARE("PREPARE"),
    EXECUTE("EXECUTE"),
    DEALLOCATE("DEALLOCATE PREPARE"),
    KILL("KILL");

    private final String text;

    StatementKind(String text) {
        this.text = text;
    }

    /** Vitess' name. */
    public String text() {
        return text;
    }

    /** Whether it is one of INSERT, REPLACE, UPDATE, DELETE. */
    public boolean isDml() {
        return this == INSERT || this == REPLACE || this == UPDATE || this == DELETE;
    }

    /** The kind of that text; {@link #UNKNOWN} if the first word starts no statement. Reads a few tokens, never fails. */
    public static StatementKind of(String sql) {
        Lexer lexer = new Lexer(sql, SqlModes.DEFAULT);
        Token token = lexer.next();
        while (token == Token.LEFT_PAREN) {
            token = lexer.next();
        }
        if (token == Token.END) {
            return COMMENT_ONLY;
        }
        return switch (lexer.word()) {
            case "select", "values", "table" -> SELECT;
            case "with" -> afterWith(lexer);
            case "insert" -> INSERT;
            case "replace" -> REPLACE;
            case "update" -> UPDATE;
            case "delete" -> DELETE;
            case "set" -> SET;
            case "show" -> SHOW;
            case "use" -> USE;
            case "begin" -> BEGIN;
            case "start" -> lexer.peekWord().equals("transaction") ? BEGIN : OTHER;
            case "commit" -> COMMIT;
            case "rollback" -> rollback(lexer);
            case "savepoint" -> SAVEPOINT;
            case "release" -> RELEASE;
            case "create", "alter", "rename", "truncate" -> DDL;
            case "drop" -> lexer.peekWord().equals("prepare") ? DEALLOCATE : DDL;
            case "explain", "describe", "desc" -> EXPLAIN;
            case "vexplain" -> VEXPLAIN;
            case "lock" -> LOCK_TABLES;
            case "unlock" -> UNLOCK_TABLES;
            case "flush" -> FLUSH;
            case "call" -> CALL_PROCEDURE;
            case "revert" -> REVERT;
            case "grant", "revoke" -> PRIVILEGE;
            case "prepare" -> PREPARE;
            case "execute" -> EXECUTE;
            case "deallocate" -> DEALLOCATE;
            case "kill" -> KILL;
            case "stream" -> STREAM;
            case "vstream" -> VSTREAM;
            case "analyze",
                    "check",
                    "checksum",
                    "optimize",
                    "repair",
                    "do",
                    "load",
                    "xa",
                    "handler",
                    "help",
                    "purge",
                    "reset",
                    "change",
                    "stop",
                    "install",
                    "uninstall" -> OTHER;
            default -> UNKNOWN;
        };
    }

    /** {@code ROLLBACK TO x} goes back to a savepoint, whether or not WORK stands between. */
    private static StatementKind rollback(Lexer lexer) {
        return lexer.peekWord().equals("to") || lexer.aheadIs("work", "to") ? SAVEPOINT_ROLLBACK : ROLLBACK;
    }

    /** The verb after the common table expressions: the first word outside parentheses that is one. */
    private static StatementKind afterWith(Lexer lexer) {
        int depth = 0;
        for (Token token = lexer.next(); token != Token.END && token != Token.ERROR; token = lexer.next()) {
            switch (token) {
                case LEFT_PAREN -> depth++;
                case RIGHT_PAREN -> depth--;
                default -> {
                    if (depth == 0) {
                        switch (lexer.word()) {
                            case "update":
                                return UPDATE;
                            case "delete":
                                return DELETE;
                            case "select", "values", "table":
                                return SELECT;
                            default:
                                break;
                        }
                    }
                }
            }
        }
        return SELECT;
    }
}
