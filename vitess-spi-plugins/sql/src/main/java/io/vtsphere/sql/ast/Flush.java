package io.vtsphere.sql.ast;

import java.util.List;

/**
 * {@code FLUSH …}.
 *
 * @param local {@code NO_WRITE_TO_BINLOG} or {@code LOCAL}
 * @param tables of FLUSH TABLES
 * @param text the whole statement as written, without comments around it
 */
public record Flush(boolean local, List<TableName> tables, String text) implements Statement {
    public Flush {
        tables = List.copyOf(tables);
    }

    @Override
    public <R> R accept(StatementVisitor<R> visitor) {
        return visitor.flush(this);
    }
}
