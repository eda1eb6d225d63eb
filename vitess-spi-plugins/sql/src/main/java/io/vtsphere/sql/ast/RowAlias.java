package io.vtsphere.sql.ast;

import java.util.List;

/** {@code AS alias (columns)} after the rows of an INSERT. */
public record RowAlias(String name, List<String> columns) implements Node {
    public RowAlias {
        columns = List.copyOf(columns);
    }
}
