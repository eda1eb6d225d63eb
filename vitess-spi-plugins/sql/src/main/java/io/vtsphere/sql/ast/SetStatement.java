package io.vtsphere.sql.ast;

import java.util.List;

/** A SET of variables, in the order written. */
public record SetStatement(Comments comments, List<SetItem> items) implements Statement {
    public SetStatement {
        items = List.copyOf(items);
    }

    @Override
    public <R> R accept(StatementVisitor<R> visitor) {
        return visitor.set(this);
    }
}
