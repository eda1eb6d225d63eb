package io.vtsphere.sql.ast;

import org.jspecify.annotations.Nullable;

/**
 * {@code SET [SESSION|GLOBAL] TRANSACTION …}.
 *
 * @param scope null for the next transaction only
 * @param isolation in lower case, e.g. {@code read committed}; null if not written
 * @param readOnly null if not written
 */
public record SetTransaction(
        @Nullable VariableScope scope,
        @Nullable String isolation,
        @Nullable Boolean readOnly) implements Statement {
    @Override
    public <R> R accept(StatementVisitor<R> visitor) {
        return visitor.setTransaction(this);
    }
}
