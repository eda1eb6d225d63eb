package io.vtsphere.sql.ast;

/** {@code KILL [CONNECTION|QUERY] id}. */
public record Kill(boolean query, Expr id) implements Statement {
    @Override
    public <R> R accept(StatementVisitor<R> visitor) {
        return visitor.kill(this);
    }
}
