package io.vtsphere.sql.ast;

/** {@code ROLLBACK} of the whole transaction. */
public record Rollback() implements Statement {
    @Override
    public <R> R accept(StatementVisitor<R> visitor) {
        return visitor.rollback(this);
    }
}
