package io.vtsphere.sql.ast;

/** {@code DEALLOCATE|DROP PREPARE name}. */
public record Deallocate(Comments comments, String name) implements Statement {
    @Override
    public <R> R accept(StatementVisitor<R> visitor) {
        return visitor.deallocate(this);
    }
}
