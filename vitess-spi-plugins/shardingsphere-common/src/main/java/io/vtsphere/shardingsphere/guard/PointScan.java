package io.vtsphere.shardingsphere.guard;

import io.vtsphere.sql.Lexer;
import io.vtsphere.sql.SqlModes;
import io.vtsphere.sql.Token;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Knows by its words a SELECT, UPDATE or DELETE of one table with {@code WHERE sharding column = value [AND …]}, which a host routes right,
 * so that the statements which are most frequent need no parsing. Confined to one check.
 */
final class PointScan {
    private static final Set<String> UNKNOWN = Set.of(
            "or",
            "not",
            "xor",
            "between",
            "case",
            "union",
            "except",
            "intersect",
            "select",
            "with",
            "join",
            "distinct",
            "distinctrow",
            "into",
            "straight_join");
    private static final Set<String> AFTER = Set.of("and", "order", "limit", "group", "for");
    private static final Set<Token> VALUES = EnumSet.of(Token.INTEGER, Token.STRING, Token.PARAMETER);

    private final Lexer lexer;
    private final Tables tables;
    private List<String> columns = List.of();

    private PointScan(String sql, Tables tables) {
        this.lexer = new Lexer(sql, SqlModes.DEFAULT);
        this.tables = tables;
    }

    static boolean isPoint(String sql, Tables tables) {
        PointScan scan = new PointScan(sql, tables);
        return scan.table() && scan.condition();
    }

    /** Up to WHERE. */
    private boolean table() {
        lexer.next();
        String verb = lexer.word();
        lexer.next();
        switch (verb) {
            case "select" -> {
                while (!lexer.word().equals("from")) {
                    if (ends() || UNKNOWN.contains(lexer.word())) {
                        return false;
                    }
                    lexer.next();
                }
                lexer.next();
            }
            case "delete" -> {
                if (!lexer.word().equals("from")) {
                    return false;
                }
                lexer.next();
            }
            case "update" -> {}
            default -> {
                return false;
            }
        }
        if (!name()) {
            return false;
        }
        ShardedTable table = tables.sharded(lexer.value());
        if (table == null || table.columns().isEmpty()) {
            return false;
        }
        columns = table.columns();
        lexer.next();
        if (lexer.word().equals("as")) {
            lexer.next();
        }
        if (name() && !lexer.word().equals("where") && !lexer.word().equals("set")) {
            lexer.next();
        }
        if (verb.equals("update")) {
            if (!lexer.word().equals("set")) {
                return false;
            }
            while (!lexer.word().equals("where")) {
                if (ends() || columns.contains(Block.lower(lexer.value())) || UNKNOWN.contains(lexer.word())) {
                    return false;
                }
                lexer.next();
            }
        }
        return lexer.word().equals("where");
    }

    private boolean name() {
        return lexer.token() == Token.WORD || lexer.token() == Token.QUOTED_NAME;
    }

    private boolean ends() {
        return lexer.token() == Token.END || lexer.token() == Token.ERROR || lexer.token() == Token.SEMICOLON;
    }

    /** From WHERE to the end. */
    private boolean condition() {
        Set<String> found = new HashSet<>();
        int depth = 0;
        boolean begins = true;
        for (lexer.next(); lexer.token() != Token.END; lexer.next()) {
            Token token = lexer.token();
            if (token == Token.ERROR
                    || token == Token.PIPE_PIPE
                    || token == Token.BANG
                    || UNKNOWN.contains(lexer.word())) {
                return false;
            }
            if (name() && columns.contains(Block.lower(lexer.value()))) {
                if (!begins || depth > 0 || !found.add(Block.lower(lexer.value())) || !value()) {
                    return false;
                }
            }
            depth += token == Token.LEFT_PAREN ? 1 : token == Token.RIGHT_PAREN ? -1 : 0;
            boolean qualifier = token == Token.DOT || name() && lexer.peek() == Token.DOT;
            begins = qualifier ? begins : lexer.word().equals("and");
        }
        return found.size() == columns.size();
    }

    /** {@code = value} follows, and nothing else. */
    private boolean value() {
        if (lexer.peek() != Token.EQUAL) {
            return false;
        }
        lexer.next();
        if (!VALUES.contains(lexer.peek())) {
            return false;
        }
        lexer.next();
        Token after = lexer.peek();
        return after == Token.END || after == Token.SEMICOLON || AFTER.contains(lexer.peekWord());
    }
}
