package io.vtsphere.sql.ast;

import org.jspecify.annotations.Nullable;

/**
 * A SHOW statement.
 *
 * @param scope {@code SESSION} or {@code GLOBAL} where written (VARIABLES, STATUS)
 * @param full {@code FULL}
 * @param extended {@code EXTENDED}
 * @param table the table (COLUMNS, INDEX, CREATE TABLE …), the program of CREATE PROCEDURE and the like, else null
 * @param database the FROM or IN database or keyspace, else null
 * @param like the LIKE pattern, else null
 * @param where the WHERE condition, else null
 * @param argument the text that some kinds take (migration UUID, transaction id), else null
 * @param text the whole statement as written, without the comments around it
 */
public record Show(
        ShowKind kind,
        @Nullable VariableScope scope,
        boolean full,
        boolean extended,
        @Nullable TableName table,
        @Nullable String database,
        @Nullable String like,
        @Nullable Expr where,
        @Nullable String argument,
        String text)
        implements Statement {
    @Override
    public <R> R accept(StatementVisitor<R> visitor) {
        return visitor.show(this);
    }
}
