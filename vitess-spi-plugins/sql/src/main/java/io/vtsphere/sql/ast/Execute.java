package io.vtsphere.sql.ast;

import java.util.List;

/** {@code EXECUTE name [USING @a, @b]}. */
public record Execute(Comments comments, String name, List<Expr.UserVariable> arguments) implements Statement {
    public Execute {
        arguments = List.copyOf(arguments);
    }

    @Override
    public <R> R accept(StatementVisitor<R> visitor) {
        return visitor.execute(this);
    }
}
