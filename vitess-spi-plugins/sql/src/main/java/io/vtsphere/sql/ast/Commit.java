package io.vtsphere.sql.ast;

/** {@code COMMIT}. */
public record Commit() implements Statement {
    @Override
    public <R> R accept(StatementVisitor<R> visitor) {
        return visitor.commit(this);
    }
}
