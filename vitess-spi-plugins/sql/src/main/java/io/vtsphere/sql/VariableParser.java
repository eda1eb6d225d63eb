package io.vtsphere.sql;

import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.VariableScope;
import org.jspecify.annotations.Nullable;

/** User and system variables where an expression stands. */
final class VariableParser {
    private final Parser parser;
    private final Tokens tokens;

    VariableParser(Parser parser) {
        this.parser = parser;
        this.tokens = parser.tokens;
    }

    Expr user() {
        Expr.UserVariable variable = new Expr.UserVariable(tokens.value());
        tokens.advance();
        if (variable.name().isEmpty()) {
            throw tokens.unexpected();
        }
        if (!tokens.accept(Token.ASSIGN)) {
            return variable;
        }
        return new Expr.AssignVariable(variable, parser.exprs.expr());
    }

    /** {@code @@name}, {@code @@scope.name}, {@code @@scope.component.name}. */
    Expr.SystemVariable system() {
        tokens.advance();
        String first = part();
        VariableScope scope = scope(first);
        if (scope == null || !tokens.at(Token.DOT)) {
            return new Expr.SystemVariable(null, component(first));
        }
        tokens.advance();
        return new Expr.SystemVariable(scope, component(part()));
    }

    /** One part of the name. The tree keeps the parts with dots between, so a dot inside one must read the same as one between. */
    String part() {
        if (tokens.at(Token.QUOTED_NAME) && tokens.value().indexOf('.') >= 0) {
            String[] parts = tokens.value().split("\\.", -1);
            boolean same = parts.length == 2
                    && Identifiers.isWord(parts[0])
                    && Identifiers.isWord(parts[1])
                    && scope(Ascii.lower(parts[0])) == null
                    && tokens.peek() != Token.DOT;
            if (!same) {
                throw tokens.unexpected();
            }
        }
        return Ascii.lower(tokens.nameAfterDot());
    }

    private String component(String first) {
        if (tokens.at(Token.DOT) && scope(first) != null) {
            throw tokens.unexpected();
        }
        return tokens.accept(Token.DOT) ? first + "." + last() : first;
    }

    String last() {
        if (tokens.at(Token.QUOTED_NAME) && tokens.value().indexOf('.') >= 0) {
            throw tokens.unexpected();
        }
        return Ascii.lower(tokens.nameAfterDot());
    }

    static @Nullable VariableScope scope(String word) {
        return switch (word) {
            case "session" -> VariableScope.SESSION;
            case "local" -> VariableScope.LOCAL;
            case "global" -> VariableScope.GLOBAL;
            case "persist" -> VariableScope.PERSIST;
            case "persist_only" -> VariableScope.PERSIST_ONLY;
            case "vitess_metadata" -> VariableScope.VITESS_METADATA;
            default -> null;
        };
    }
}
