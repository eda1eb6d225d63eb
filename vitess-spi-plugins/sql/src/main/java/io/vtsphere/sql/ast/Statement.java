package io.vtsphere.sql.ast;

/** A whole statement. */
public sealed interface Statement extends Node
        permits Query,
                SetStatement,
                SetTransaction,
                Begin,
                Commit,
                Rollback,
                Savepoint,
                Use,
                Explain,
                DescribeTable,
                VExplain,
                CallProcedure,
                Do,
                Prepare,
                Execute,
                Deallocate,
                Kill,
                LockTables,
                UnlockTables,
                Flush,
                Load,
                Stream,
                AlterVSchema,
                OtherStatement,
                EmptyStatement,
                Show,
                Ddl,
                Insert,
                Update,
                Delete {

    <R> R accept(StatementVisitor<R> visitor);
}
