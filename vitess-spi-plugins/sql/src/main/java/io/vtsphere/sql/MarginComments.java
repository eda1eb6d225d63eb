package io.vtsphere.sql;

/**
 * The comments before and after a statement, which vtgate takes off before it parses and puts back around what it sends.
 *
 * @param leading with the blanks behind it; empty if there is none
 * @param statement the text between, without blanks at its ends and without a semicolon behind it
 * @param trailing with the blanks before it; empty if there is none
 */
public record MarginComments(String leading, String statement, String trailing) {
    /** Cuts a text. A version comment belongs to the statement; a text of comments only is all leading. */
    public static MarginComments of(String sql) {
        Lexer lexer = new Lexer(sql, SqlModes.DEFAULT);
        Token token = lexer.next();
        int start = token == Token.END ? sql.length() : startOf(sql, lexer.start());
        int end = start;
        while (token != Token.END) {
            boolean semicolon = token == Token.SEMICOLON;
            int tokenEnd = lexer.end();
            token = lexer.next();
            if (!semicolon || token != Token.END) {
                end = tokenEnd;
            }
            if (token == Token.ERROR) {
                end = sql.length();
                token = Token.END;
            }
        }
        int close = versionCommentEnd(sql, end);
        String trailing = sql.substring(close);
        String body = trailing.strip();
        if (body.startsWith(";")) {
            trailing = body.substring(1);
        }
        return new MarginComments(
                sql.substring(0, start).isBlank() ? "" : sql.substring(0, start),
                sql.substring(start, close),
                trailing.isBlank() ? "" : trailing);
    }

    /** If the first token stands in a version comment, that comment's start. */
    private static int startOf(String sql, int firstToken) {
        int open = sql.lastIndexOf("/*!", firstToken);
        return open >= 0
                        && sql.indexOf("*/", open) > firstToken
                        && sql.substring(open + 3, firstToken).strip().chars().allMatch(Character::isDigit)
                ? open
                : firstToken;
    }

    private static int versionCommentEnd(String sql, int end) {
        int i = end;
        while (i < sql.length() && Chars.isBlank(sql.charAt(i))) {
            i++;
        }
        return sql.startsWith("*/", i) ? i + 2 : end;
    }
}
