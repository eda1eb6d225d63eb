package io.vtsphere.sql.ast;

import org.jspecify.annotations.Nullable;

/** {@code USE target}; vtgate takes a USE without a name as one that selects nothing. */
public record Use(@Nullable String target) implements Statement {
    @Override
    public <R> R accept(StatementVisitor<R> visitor) {
        return visitor.use(this);
    }
}
