package io.vtsphere.sql.ast;

import java.util.List;

/** {@code CALL procedure(arguments)}. */
public record CallProcedure(Comments comments, TableName procedure, List<Expr> arguments) implements Statement {
    public CallProcedure {
        arguments = List.copyOf(arguments);
    }

    @Override
    public <R> R accept(StatementVisitor<R> visitor) {
        return visitor.call(this);
    }
}
