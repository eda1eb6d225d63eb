package io.vtsphere.sql;

import io.vtsphere.sql.ast.TableDefinition;
import io.vtsphere.sql.ast.TableName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of CREATE TABLE and ALTER TABLE after the name. */
final class DefinitionParser {
    private final Parser parser;
    private final Tokens tokens;
    private final DdlParser ddl;

    private @Nullable String comment;
    private boolean hasQuery;

    DefinitionParser(Parser parser, DdlParser ddl) {
        this.parser = parser;
        this.tokens = parser.tokens;
        this.ddl = ddl;
    }

    TableDefinition table() {
        if (tokens.accept("like")) {
            return new TableDefinition(List.of(), null, ddl.name(true));
        }
        List<TableDefinition.Column> columns = List.of();
        if (tokens.at(Token.LEFT_PAREN) && !atQueryInParentheses()) {
            tokens.advance();
            if (tokens.accept("like")) {
                TableName like = ddl.name(true);
                tokens.expect(Token.RIGHT_PAREN);
                return new TableDefinition(List.of(), null, like);
            }
            columns = elements();
            tokens.expect(Token.RIGHT_PAREN);
        }
        options();
        return new TableDefinition(columns, comment, null);
    }

    private boolean atQueryInParentheses() {
        String word = tokens.peekWord();
        return word.equals("select") || word.equals("with") || tokens.peek() == Token.LEFT_PAREN;
    }

    /** Table options and partitioning, then maybe a query. */
    private void options() {
        while (!tokens.at(Token.END) && !tokens.at(Token.SEMICOLON)) {
            if (tokens.at("comment")) {
                tokens.advance();
                tokens.accept(Token.EQUAL);
                comment = tokens.string();
            } else if (tokens.at("as")
                    || parser.queries.atQuery()
                    || tokens.at(Token.LEFT_PAREN) && atQueryInParentheses()) {
                tokens.accept("as");
                ddl.query();
                hasQuery = true;
                return;
            } else if (tokens.at(Token.LEFT_PAREN)) {
                tokens.balanced();
            } else {
                option();
            }
        }
    }

    private void option() {
        switch (tokens.token()) {
            case WORD,
                    QUOTED_NAME,
                    STRING,
                    INTEGER,
                    DECIMAL,
                    FLOAT,
                    HEX_STRING,
                    HEX_NUMBER,
                    BIT_STRING,
                    BIT_NUMBER,
                    COMMA,
                    EQUAL,
                    DOT -> tokens.advance();
            default -> throw tokens.unexpected();
        }
    }

    private List<TableDefinition.Column> elements() {
        List<TableDefinition.Column> columns = new ArrayList<>();
        do {
            if (atConstraint()) {
                skipElement();
            } else {
                columns.add(column());
            }
        } while (tokens.accept(Token.COMMA));
        return columns;
    }

    private boolean atConstraint() {
        return switch (tokens.word()) {
            case "constraint", "primary", "unique", "index", "key", "fulltext", "spatial", "foreign", "check" -> true;
            default -> false;
        };
    }

    private TableDefinition.Column column() {
        String name = tokens.name();
        if (tokens.word().isEmpty()) {
            throw tokens.unexpected();
        }
        StringBuilder type = new StringBuilder(tokens.word());
        tokens.advance();
        boolean more = true;
        while (more) {
            switch (tokens.word()) {
                case "unsigned", "signed", "zerofill", "precision", "varying", "varchar", "varbinary" -> {
                    type.append(' ').append(tokens.word());
                    tokens.advance();
                }
                default -> {
                    more = tokens.at(Token.LEFT_PAREN);
                    if (more) {
                        type.append('(').append(tokens.balanced()).append(')');
                    }
                }
            }
        }
        int from = tokens.start();
        skipElement();
        return new TableDefinition.Column(
                name, type.toString(), tokens.previousEnd() > from ? tokens.text(from, tokens.previousEnd()) : "");
    }

    /** Moves behind one element of a list: to a comma or a right parenthesis on this level. */
    private void skipElement() {
        while (!tokens.at(Token.COMMA) && !tokens.at(Token.RIGHT_PAREN)) {
            switch (tokens.token()) {
                case END, ERROR, SEMICOLON -> throw tokens.unexpected();
                case LEFT_PAREN -> tokens.balanced();
                default -> {
                    if (tokens.accept("references")) {
                        ddl.name(true);
                    } else {
                        tokens.advance();
                    }
                }
            }
        }
    }

    /** What ALTER TABLE does: only new names and referenced tables are read. */
    void alterations() {
        while (!tokens.at(Token.END) && !tokens.at(Token.SEMICOLON)) {
            if (tokens.at("rename")) {
                rename();
            } else if (tokens.accept("references") || tokens.accept("with", "table")) {
                ddl.name(true);
            } else if (tokens.at(Token.LEFT_PAREN)) {
                nested();
            } else if (tokens.at(Token.ERROR)) {
                throw tokens.unexpected();
            } else {
                tokens.advance();
            }
        }
    }

    /** {@code ADD (a int, b int REFERENCES …)}. */
    private void nested() {
        int depth = 0;
        do {
            switch (tokens.token()) {
                case LEFT_PAREN -> depth++;
                case RIGHT_PAREN -> depth--;
                case END, ERROR -> throw tokens.unexpected();
                default -> {}
            }
            boolean reference = tokens.at("references");
            tokens.advance();
            if (reference) {
                ddl.name(true);
            }
        } while (depth > 0);
    }

    private void rename() {
        tokens.advance();
        if (tokens.at("column") || tokens.at("index") || tokens.at("key")) {
            return;
        }
        if (!tokens.accept("to") && !tokens.accept("as")) {
            tokens.accept(Token.EQUAL);
        }
        ddl.name();
    }
}
