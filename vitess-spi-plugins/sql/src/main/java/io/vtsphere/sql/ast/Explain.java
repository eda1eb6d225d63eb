package io.vtsphere.sql.ast;

import org.jspecify.annotations.Nullable;

/**
 * {@code EXPLAIN|DESCRIBE|DESC [ANALYZE] [FORMAT = x] statement}.
 *
 * @param format in lower case; null if not written. {@code PARTITIONS} and {@code EXTENDED} come here too
 */
public record Explain(
        Comments comments, boolean analyze, @Nullable String format, Statement statement) implements Statement {
    @Override
    public <R> R accept(StatementVisitor<R> visitor) {
        return visitor.explain(this);
    }
}
