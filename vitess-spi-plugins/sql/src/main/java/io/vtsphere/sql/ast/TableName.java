package io.vtsphere.sql.ast;

import org.jspecify.annotations.Nullable;

/** The name of a table or view; the qualifier is a keyspace, a target such as {@code customer:-80} or one of MySQL's own databases. */
public record TableName(@Nullable String keyspace, String name) implements Node {
    public static TableName of(String name) {
        return new TableName(null, name);
    }
}
