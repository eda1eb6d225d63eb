package io.vtsphere.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An INSERT or REPLACE.
 *
 * @param options the modifiers in lower case ({@code ignore}, {@code low_priority ignore}); empty if none
 * @param columns empty if no list was written; with {@code SET} the assigned columns
 */
public record Insert(
        Comments comments,
        boolean replace,
        String options,
        TableName table,
        List<String> partitions,
        List<String> columns,
        InsertSource source,
        @Nullable RowAlias rowAlias,
        List<Assignment> onDuplicate)
        implements Statement {
    public Insert {
        partitions = List.copyOf(partitions);
        columns = List.copyOf(columns);
        onDuplicate = List.copyOf(onDuplicate);
    }

    public boolean ignore() {
        return options.endsWith("ignore");
    }

    public Insert withComments(Comments newComments) {
        return new Insert(newComments, replace, options, table, partitions, columns, source, rowAlias, onDuplicate);
    }

    public Insert withTable(TableName newTable) {
        return new Insert(comments, replace, options, newTable, partitions, columns, source, rowAlias, onDuplicate);
    }

    public Insert withColumns(List<String> newColumns) {
        return new Insert(comments, replace, options, table, partitions, newColumns, source, rowAlias, onDuplicate);
    }

    public Insert withSource(InsertSource newSource) {
        return new Insert(comments, replace, options, table, partitions, columns, newSource, rowAlias, onDuplicate);
    }

    public Insert withOnDuplicate(List<Assignment> newOnDuplicate) {
        return new Insert(comments, replace, options, table, partitions, columns, source, rowAlias, newOnDuplicate);
    }

    @Override
    public <R> R accept(StatementVisitor<R> visitor) {
        return visitor.insert(this);
    }
}
