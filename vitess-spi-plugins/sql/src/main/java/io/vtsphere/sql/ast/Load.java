package io.vtsphere.sql.ast;

/** {@code LOAD DATA|XML …}, recognised by its first words and passed through. */
public record Load(String text) implements Statement {
    @Override
    public <R> R accept(StatementVisitor<R> visitor) {
        return visitor.load(this);
    }
}
