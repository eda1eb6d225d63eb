package io.vtsphere.sql.ast;

import org.jspecify.annotations.Nullable;

/** Vitess' {@code STREAM * FROM table} (messages) and {@code VSTREAM * FROM table …}. */
public record Stream(
        boolean vstream,
        Comments comments,
        SelectItem item,
        TableName table,
        @Nullable Expr where,
        @Nullable Limit limit)
        implements Statement {
    @Override
    public <R> R accept(StatementVisitor<R> visitor) {
        return visitor.stream(this);
    }
}
