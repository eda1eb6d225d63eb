package io.vtsphere.sql;

import java.util.Arrays;

/** The one pass over a text that makes its {@link Fingerprint}. */
final class FingerprintScanner {
    /** Marks a literal in the key; no text that parses has it outside quotes. */
    private static final char MARK = '\u0001';
    /** So many literals are compared with each other; further ones share no place. */
    private static final int MAX_SHARED = 32;

    private final String sql;
    private final SqlModes modes;
    private final Lexer lexer;
    private final StringBuilder key;
    private int[] places = new int[32];
    private int size;
    /** The text from here to the end of the token before is not in the key yet. */
    private int pending;

    private int previousEnd;
    private boolean afterVerb;
    private boolean share;
    private int depth;
    /** The depth of the select list that the scan is in; -1 outside. */
    private int listDepth = -1;

    FingerprintScanner(String sql, SqlModes modes) {
        this.sql = sql;
        this.modes = modes;
        this.lexer = new Lexer(sql, modes);
        this.key = new StringBuilder(sql.length() + 16);
    }

    Fingerprint scan() {
        if (!modes.equals(SqlModes.DEFAULT)) {
            key.append(MARK)
                    .append(modes.ansiQuotes() ? '1' : '0')
                    .append(modes.noBackslashEscapes() ? '1' : '0')
                    .append(modes.pipesAsConcat() ? '1' : '0');
        }
        Token token = lexer.next();
        pending = lexer.start();
        previousEnd = pending;
        share = isQuery(token);
        while (token != Token.END) {
            if (token == Token.ERROR) {
                return new Fingerprint(sql, modes, null, 0, new int[0]);
            }
            gap();
            if (LiteralKind.isLiteral(token)) {
                token = literal(token);
            } else {
                previousEnd = lexer.end();
                token = plain(token);
            }
        }
        key.append(sql, pending, previousEnd);
        return new Fingerprint(sql, modes, key.toString(), size, places);
    }

    private boolean isQuery(Token token) {
        if (token == Token.LEFT_PAREN) {
            return true;
        }
        return switch (lexer.word()) {
            case "select", "with", "values", "table", "explain", "describe", "desc", "vexplain" -> true;
            default -> false;
        };
    }

    /** What stands between the token before and the current one: nothing and a single blank stay in the pending text. */
    private void gap() {
        int start = lexer.start();
        int length = start - previousEnd;
        if (length == 0
                || length == 1 && sql.charAt(previousEnd) == ' '
                || listDepth >= 0
                || afterVerb && sql.indexOf("/*", previousEnd) < start && sql.indexOf("/*", previousEnd) >= 0) {
            return;
        }
        key.append(sql, pending, previousEnd).append(' ');
        pending = start;
    }

    /** A token that is no literal; gives the next token. */
    private Token plain(Token token) {
        afterVerb = false;
        switch (token) {
            case LEFT_PAREN -> depth++;
            case RIGHT_PAREN -> {
                depth--;
                if (depth < listDepth) {
                    listDepth = -1;
                }
            }
            case WORD -> {
                return word();
            }
            default -> {}
        }
        return lexer.next();
    }

    private Token word() {
        switch (lexer.word()) {
            case "select" -> {
                afterVerb = true;
                if (listDepth < 0) {
                    listDepth = depth;
                }
            }
            case "from" -> {
                if (depth == listDepth) {
                    listDepth = -1;
                }
            }
            case "insert", "replace", "update", "delete", "explain", "vexplain", "describe", "desc" -> afterVerb = true;
            case "in" -> {
                return list();
            }
            default -> {}
        }
        return lexer.next();
    }

    /** After IN: a list of nothing but literals is one place. */
    private Token list() {
        Token next = lexer.next();
        if (next != Token.LEFT_PAREN) {
            return next;
        }
        long mark = lexer.mark();
        int open = lexer.start();
        if (literals()) {
            int end = lexer.end();
            int gapEnd = open;
            key.append(sql, pending, previousEnd);
            if (gapEnd > previousEnd) {
                key.append(' ');
            }
            place(open, end, LiteralKind.LIST, size);
            pending = end;
            previousEnd = end;
            return lexer.next();
        }
        gapBefore(open);
        lexer.reset(mark);
        previousEnd = open + 1;
        depth++;
        return lexer.next();
    }

    private void gapBefore(int start) {
        int length = start - previousEnd;
        if (length == 0 || length == 1 && sql.charAt(previousEnd) == ' ' || listDepth >= 0) {
            return;
        }
        key.append(sql, pending, previousEnd).append(' ');
        pending = start;
    }

    /** Whether literals, each maybe with a minus if it is a number, and a right parenthesis follow; then it is the current token. */
    private boolean literals() {
        Token token = lexer.next();
        while (true) {
            if (token == Token.MINUS) {
                token = lexer.next();
                if (token != Token.INTEGER && token != Token.DECIMAL && token != Token.FLOAT) {
                    return false;
                }
            }
            if (!LiteralKind.isLiteral(token)) {
                return false;
            }
            boolean string = token == Token.STRING;
            token = lexer.next();
            while (string && token == Token.STRING) {
                token = lexer.next();
            }
            if (token == Token.RIGHT_PAREN) {
                return true;
            }
            if (token != Token.COMMA) {
                return false;
            }
            token = lexer.next();
        }
    }

    /** A literal, of strings with those beside it; gives the next token. */
    private Token literal(Token token) {
        afterVerb = false;
        int start = lexer.start();
        int end = lexer.end();
        LiteralKind kind = LiteralKind.of(token, sql, start, end);
        Token next = lexer.next();
        while (token == Token.STRING && next == Token.STRING) {
            end = lexer.end();
            next = lexer.next();
        }
        key.append(sql, pending, start);
        place(start, end, kind, shared(start, end, kind));
        pending = end;
        previousEnd = end;
        return next;
    }

    private int shared(int start, int end, LiteralKind kind) {
        if (share && size < MAX_SHARED) {
            int length = end - start;
            for (int i = 0; i < size; i++) {
                if (places[4 * i + 3] == kind.ordinal()
                        && places[4 * i + 1] - places[4 * i] == length
                        && sql.regionMatches(places[4 * i], sql, start, length)) {
                    return places[4 * i + 2];
                }
            }
        }
        return size;
    }

    private void place(int start, int end, LiteralKind kind, int first) {
        key.append(MARK);
        if (first == size) {
            key.append(kind.letter());
        } else {
            // 0x100 and up: never one of the letters
            key.append((char) (0x100 + first));
        }
        if (4 * size == places.length) {
            places = Arrays.copyOf(places, 2 * places.length);
        }
        int at = 4 * size++;
        places[at] = start;
        places[at + 1] = end;
        places[at + 2] = first;
        places[at + 3] = kind.ordinal();
    }
}
