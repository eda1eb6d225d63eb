package io.vtsphere.sql.ast;

/** {@code PREPARE name FROM text}; the text is a string literal or a user variable. */
public record Prepare(Comments comments, String name, Expr text) implements Statement {
    @Override
    public <R> R accept(StatementVisitor<R> visitor) {
        return visitor.prepare(this);
    }
}
