package io.vtsphere.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function call in the ordinary form {@code name(a, b)}.
 *
 * <p>The windowing functions without an aggregate ({@code ROW_NUMBER}, {@code LAG} …) are calls inside a {@link Windowed}. Functions
 * that MySQL writes without parentheses ({@code CURRENT_TIMESTAMP}) are calls too; {@code NOW(6)} has its precision as argument.
 *
 * @param schema the qualifier of a stored function, else null
 * @param name in lower case for built-in functions, as written where it was quoted or qualified
 */
public record Call(@Nullable String schema, String name, List<Expr> arguments) implements Expr {
    public Call {
        arguments = List.copyOf(arguments);
    }

    public static Call of(String name, Expr... arguments) {
        return new Call(null, name, List.of(arguments));
    }

    @Override
    public <R> R accept(ExprVisitor<R> visitor) {
        return visitor.call(this);
    }
}
