package io.vtsphere.sql.ast;

import java.util.List;

/**
 * {@code MATCH (columns) AGAINST (pattern mode)}.
 *
 * @param mode in lower case, e.g. {@code in boolean mode}; empty if none was written
 */
public record Match(List<Expr> columns, Expr pattern, String mode) implements Expr {
    public Match {
        columns = List.copyOf(columns);
    }

    @Override
    public <R> R accept(ExprVisitor<R> visitor) {
        return visitor.match(this);
    }
}
