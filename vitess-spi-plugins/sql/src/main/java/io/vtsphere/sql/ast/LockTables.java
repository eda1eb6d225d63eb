package io.vtsphere.sql.ast;

import java.util.List;

/** {@code LOCK TABLES …}. */
public record LockTables(List<Lock> locks) implements Statement {
    public LockTables {
        locks = List.copyOf(locks);
    }

    /** One table and how it is locked: {@code read}, {@code read local}, {@code write} or {@code low_priority write}. */
    public record Lock(TableExpr table, String mode) {}

    @Override
    public <R> R accept(StatementVisitor<R> visitor) {
        return visitor.lockTables(this);
    }
}
