package io.vtsphere.sql;

import io.vtsphere.sql.ast.Comments;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Literal;
import io.vtsphere.sql.ast.SetItem;
import io.vtsphere.sql.ast.SetStatement;
import io.vtsphere.sql.ast.SetTransaction;
import io.vtsphere.sql.ast.Span;
import io.vtsphere.sql.ast.Statement;
import io.vtsphere.sql.ast.VariableScope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SET of variables, names and transaction characteristics. */
final class SetParser {
    private final Parser parser;
    private final Tokens tokens;

    SetParser(Parser parser) {
        this.parser = parser;
        this.tokens = parser.tokens;
    }

    Statement set() {
        int start = tokens.start();
        Comments comments = tokens.advanceOverComments();
        if (tokens.at("transaction") && tokens.peek() == Token.WORD) {
            return transaction(null);
        }
        if ((tokens.atAny("session", "local") || tokens.at("global"))
                && tokens.peekWord().equals("transaction")) {
            VariableScope scope = scopeWord();
            return transaction(scope);
        }
        Statement account = account(start);
        if (account != null) {
            return account;
        }
        List<SetItem> items = new ArrayList<>(2);
        do {
            items.add(item());
        } while (tokens.accept(Token.COMMA));
        return new SetStatement(comments, items);
    }

    /** {@code SET PASSWORD}, {@code SET ROLE}, {@code SET DEFAULT ROLE}, {@code SET RESOURCE GROUP}: recognised only. */
    private @Nullable Statement account(int start) {
        String next = tokens.peekWord();
        boolean account =
                tokens.at("password") && (tokens.peek() == Token.EQUAL || next.equals("for") || next.equals("to"))
                        || tokens.at("role") && tokens.peek() != Token.EQUAL && tokens.peek() != Token.ASSIGN
                        || tokens.at("default") && next.equals("role")
                        || tokens.at("resource") && next.equals("group");
        return account ? RecognisedParser.rest(tokens, start, io.vtsphere.sql.ast.OtherStatement.Kind.ACCOUNT) : null;
    }

    private VariableScope scopeWord() {
        VariableScope scope = VariableParser.scope(tokens.word());
        tokens.advance();
        return scope == null || scope == VariableScope.LOCAL ? VariableScope.SESSION : scope;
    }

    private SetItem item() {
        if (tokens.at(Token.USER_VARIABLE)) {
            String name = tokens.value();
            if (name.isEmpty()) {
                throw tokens.unexpected();
            }
            tokens.advance();
            assign();
            return new SetItem(new Expr.UserVariable(name), parser.exprs.expr(), null);
        }
        if (tokens.at(Token.SYSTEM_VARIABLE)) {
            Expr.SystemVariable variable = parser.variables.system();
            assign();
            return new SetItem(variable(variable.scope(), variable.name()), value(), null);
        }
        if (tokens.at("names")) {
            return names();
        }
        if (tokens.at("charset")
                || tokens.at("character")
                || tokens.at("char") && tokens.peekWord().equals("set")) {
            if (!tokens.accept("charset")) {
                tokens.advance();
                tokens.expect("set");
            }
            tokens.accept(Token.EQUAL);
            return new SetItem(new Expr.SystemVariable(null, "charset"), charset(), null);
        }
        VariableScope scope = null;
        Token next = tokens.peek();
        if ((tokens.atAny("session", "local") || tokens.at("global"))
                && (next == Token.WORD || next == Token.QUOTED_NAME)) {
            scope = scopeWord();
        }
        if (!tokens.atName()) {
            throw tokens.unexpected();
        }
        String name = parser.variables.part();
        if (tokens.at(Token.DOT) && VariableParser.scope(name) != null) {
            if (!name.equals("vitess_metadata")) {
                throw tokens.unexpected(); // other scopes have @@ before them or a blank behind them
            }
            tokens.advance();
            scope = VariableScope.VITESS_METADATA;
            name = parser.variables.part();
        }
        if (tokens.accept(Token.DOT)) {
            name += "." + parser.variables.last();
        }
        assign();
        return new SetItem(variable(scope == null ? VariableScope.SESSION : scope, name), value(), null);
    }

    /**
     * The scope is SESSION where none is written, except that {@code @@transaction_isolation} is that of the next transaction only. So
     * SESSION stays for these variables and goes, as in vtgate, for the others.
     */
    private static Expr.SystemVariable variable(@Nullable VariableScope scope, String name) {
        boolean session = scope == VariableScope.SESSION || scope == VariableScope.LOCAL;
        boolean ofTransaction =
                switch (name) {
                    case "transaction_isolation", "transaction_read_only" -> true;
                    default -> false;
                };
        return new Expr.SystemVariable(session ? ofTransaction ? VariableScope.SESSION : null : scope, name);
    }

    private void assign() {
        if (!tokens.accept(Token.ASSIGN)) {
            tokens.expect(Token.EQUAL);
        }
    }

    /** ON, OFF, ALL, BINARY, ROW and SYSTEM are words here, not expressions. */
    private Expr value() {
        String word = tokens.word();
        Token next = tokens.peek();
        if (next == Token.END || next == Token.COMMA || next == Token.SEMICOLON) {
            switch (word) {
                case "on", "off", "all", "binary", "row", "system" -> {
                    Span span = Span.of(tokens.start(), tokens.end());
                    tokens.advance();
                    return new Literal(Literal.Kind.STRING, word, span);
                }
                default -> {}
            }
        }
        return parser.exprs.expr();
    }

    private SetItem names() {
        tokens.advance();
        tokens.accept(Token.EQUAL);
        Expr charset = charset();
        String collation = tokens.accept("collate") ? tokens.nameOrString() : null;
        return new SetItem(new Expr.SystemVariable(null, "names"), charset, collation);
    }

    private Expr charset() {
        if (tokens.accept("default")) {
            return new Expr.Default(null);
        }
        Span span = Span.of(tokens.start(), tokens.end());
        String name = tokens.accept("binary") ? "binary" : tokens.nameOrString();
        return new Literal(Literal.Kind.STRING, name, span);
    }

    private Statement transaction(@Nullable VariableScope scope) {
        tokens.expect("transaction");
        String isolation = null;
        Boolean readOnly = null;
        do {
            if (isolation == null && tokens.accept("isolation")) {
                tokens.expect("level");
                isolation = isolation();
            } else if (readOnly == null && tokens.accept("read")) {
                readOnly = tokens.accept("only");
                if (!readOnly) {
                    tokens.expect("write");
                }
            } else {
                throw tokens.unexpected();
            }
        } while (tokens.accept(Token.COMMA));
        return new SetTransaction(scope, isolation, readOnly);
    }

    private String isolation() {
        if (tokens.accept("serializable")) {
            return "serializable";
        }
        if (tokens.accept("repeatable")) {
            tokens.expect("read");
            return "repeatable read";
        }
        tokens.expect("read");
        if (tokens.accept("committed")) {
            return "read committed";
        }
        tokens.expect("uncommitted");
        return "read uncommitted";
    }
}
