package io.vtsphere.planner;

/** What a statement does to the session: decides about transactions, warnings and counters. */
public enum StatementKind {
    SELECT,
    INSERT,
    REPLACE,
    UPDATE,
    DELETE,
    /** CREATE, ALTER, DROP, RENAME, TRUNCATE: commits an open transaction first. */
    DDL,
    SHOW,
    /** EXPLAIN, CALL, ANALYZE, CHECKSUM and whatever else is only passed on. */
    OTHER,
    VEXPLAIN,
    SET,
    USE,
    BEGIN,
    COMMIT,
    ROLLBACK,
    SAVEPOINT,
    SAVEPOINT_ROLLBACK,
    SAVEPOINT_RELEASE,
    /** SQL's own PREPARE, EXECUTE and DEALLOCATE. */
    PREPARED,
    LOCK_TABLES,
    UNLOCK_TABLES,
    KILL,
    /** Vitess' own; only for users who may. */
    ALTER_VSCHEMA,
    /** Nothing but comments: answered with OK. */
    EMPTY;

    /** Whether the statement writes rows. */
    public boolean isDml() {
        return this == INSERT || this == REPLACE || this == UPDATE || this == DELETE;
    }
}
