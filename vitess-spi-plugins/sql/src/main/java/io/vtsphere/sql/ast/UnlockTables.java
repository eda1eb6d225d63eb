package io.vtsphere.sql.ast;

/** {@code UNLOCK TABLES}. */
public record UnlockTables() implements Statement {
    @Override
    public <R> R accept(StatementVisitor<R> visitor) {
        return visitor.unlockTables(this);
    }
}
