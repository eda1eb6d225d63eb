package io.vtsphere.sql.ast;

import org.jspecify.annotations.Nullable;

/** {@code DESCRIBE table [column | pattern]}. */
public record DescribeTable(TableName table, @Nullable String column) implements Statement {
    @Override
    public <R> R accept(StatementVisitor<R> visitor) {
        return visitor.describeTable(this);
    }
}
