package io.vtsphere.planner;

import io.vtsphere.sql.ast.AlterVSchema;
import io.vtsphere.sql.ast.Begin;
import io.vtsphere.sql.ast.Commit;
import io.vtsphere.sql.ast.Ddl;
import io.vtsphere.sql.ast.Deallocate;
import io.vtsphere.sql.ast.Delete;
import io.vtsphere.sql.ast.EmptyStatement;
import io.vtsphere.sql.ast.Execute;
import io.vtsphere.sql.ast.Insert;
import io.vtsphere.sql.ast.Kill;
import io.vtsphere.sql.ast.LockTables;
import io.vtsphere.sql.ast.Prepare;
import io.vtsphere.sql.ast.Query;
import io.vtsphere.sql.ast.Rollback;
import io.vtsphere.sql.ast.Savepoint;
import io.vtsphere.sql.ast.SetStatement;
import io.vtsphere.sql.ast.SetTransaction;
import io.vtsphere.sql.ast.Show;
import io.vtsphere.sql.ast.Statement;
import io.vtsphere.sql.ast.UnlockTables;
import io.vtsphere.sql.ast.Update;
import io.vtsphere.sql.ast.Use;
import io.vtsphere.sql.ast.VExplain;

/** The kind of each statement. */
final class StatementKinds {
    private StatementKinds() {}

    static StatementKind of(Statement statement) {
        if (statement instanceof Query) {
            return StatementKind.SELECT;
        }
        if (statement instanceof Insert insert) {
            return insert.replace() ? StatementKind.REPLACE : StatementKind.INSERT;
        }
        if (statement instanceof Update) {
            return StatementKind.UPDATE;
        }
        if (statement instanceof Delete) {
            return StatementKind.DELETE;
        }
        if (statement instanceof Ddl) {
            return StatementKind.DDL;
        }
        if (statement instanceof Show) {
            return StatementKind.SHOW;
        }
        if (statement instanceof VExplain) {
            return StatementKind.VEXPLAIN;
        }
        return ofSession(statement);
    }

    private static StatementKind ofSession(Statement statement) {
        if (statement instanceof SetStatement || statement instanceof SetTransaction) {
            return StatementKind.SET;
        }
        if (statement instanceof Use) {
            return StatementKind.USE;
        }
        if (statement instanceof Begin) {
            return StatementKind.BEGIN;
        }
        if (statement instanceof Commit) {
            return StatementKind.COMMIT;
        }
        if (statement instanceof Rollback) {
            return StatementKind.ROLLBACK;
        }
        if (statement instanceof Savepoint savepoint) {
            return switch (savepoint.action()) {
                case SAVEPOINT -> StatementKind.SAVEPOINT;
                case ROLLBACK_TO -> StatementKind.SAVEPOINT_ROLLBACK;
                case RELEASE -> StatementKind.SAVEPOINT_RELEASE;
            };
        }
        if (statement instanceof Prepare || statement instanceof Execute || statement instanceof Deallocate) {
            return StatementKind.PREPARED;
        }
        if (statement instanceof AlterVSchema) {
            return StatementKind.ALTER_VSCHEMA;
        }
        if (statement instanceof LockTables) {
            return StatementKind.LOCK_TABLES;
        }
        if (statement instanceof UnlockTables) {
            return StatementKind.UNLOCK_TABLES;
        }
        if (statement instanceof Kill) {
            return StatementKind.KILL;
        }
        return statement instanceof EmptyStatement ? StatementKind.EMPTY : StatementKind.OTHER;
    }

    /** Whether only the session carries the statement out. */
    static boolean isForSession(StatementKind kind) {
        return switch (kind) {
            case SET,
                    USE,
                    BEGIN,
                    COMMIT,
                    ROLLBACK,
                    SAVEPOINT,
                    SAVEPOINT_ROLLBACK,
                    SAVEPOINT_RELEASE,
                    PREPARED,
                    LOCK_TABLES,
                    UNLOCK_TABLES,
                    KILL,
                    ALTER_VSCHEMA,
                    EMPTY -> true;
            case SELECT, INSERT, REPLACE, UPDATE, DELETE, DDL, SHOW, OTHER, VEXPLAIN -> false;
        };
    }
}
