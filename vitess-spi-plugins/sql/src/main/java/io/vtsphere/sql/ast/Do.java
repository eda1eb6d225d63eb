package io.vtsphere.sql.ast;

import java.util.List;

/** {@code DO expressions}. */
public record Do(List<Expr> expressions) implements Statement {
    public Do {
        expressions = List.copyOf(expressions);
    }

    @Override
    public <R> R accept(StatementVisitor<R> visitor) {
        return visitor.doStatement(this);
    }
}
