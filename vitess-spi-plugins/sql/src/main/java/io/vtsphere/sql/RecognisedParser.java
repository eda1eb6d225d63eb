package io.vtsphere.sql;

import io.vtsphere.sql.ast.OtherStatement;
import io.vtsphere.sql.ast.Statement;

/** Statements that are recognised by their first words; the rest only has to consist of tokens. */
final class RecognisedParser {
    private RecognisedParser() {}

    /** The statement that started at that offset and goes on to the end of the text or a semicolon. */
    static Statement rest(Tokens tokens, int start, OtherStatement.Kind kind) {
        skip(tokens);
        return new OtherStatement(kind, tokens.text(start, tokens.previousEnd()));
    }

    /** Moves to the end of the statement. */
    static void skip(Tokens tokens) {
        while (!tokens.at(Token.END) && !tokens.at(Token.SEMICOLON)) {
            if (tokens.at(Token.ERROR) && tokens.raw().length() != 1) {
                throw tokens.unexpected();
            }
            tokens.advance();
        }
    }
}
