package io.vtsphere.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a CREATE TABLE says.
 *
 * @param comment the table's comment (there Vitess keeps {@code vitess_sequence} and its kin); null if none
 * @param like of {@code CREATE TABLE … LIKE}; null if none
 */
public record TableDefinition(
        List<Column> columns,
        @Nullable String comment,
        @Nullable TableName like) {
    public TableDefinition {
        columns = List.copyOf(columns);
    }

    /**
     * A column.
     *
     * @param type as written, with length and attributes such as {@code unsigned}, in lower case outside quotes
     * @param attributes the rest of the definition as written
     */
    public record Column(String name, String type, String attributes) {}
}
