package io.vtsphere.sql.ast;

/** One method for each kind of statement; a new kind does not compile until every visitor knows it. */
public interface StatementVisitor<R> {
    R set(SetStatement statement);

    R setTransaction(SetTransaction statement);

    R begin(Begin statement);

    R commit(Commit statement);

    R rollback(Rollback statement);

    R savepoint(Savepoint statement);

    R use(Use statement);

    R explain(Explain statement);

    R describeTable(DescribeTable statement);

    R vexplain(VExplain statement);

    R call(CallProcedure statement);

    R doStatement(Do statement);

    R prepare(Prepare statement);

    R execute(Execute statement);

    R deallocate(Deallocate statement);

    R kill(Kill statement);

    R lockTables(LockTables statement);

    R unlockTables(UnlockTables statement);

    R flush(Flush statement);

    R load(Load statement);

    R stream(Stream statement);

    R alterVSchema(AlterVSchema statement);

    R other(OtherStatement statement);

    R empty(EmptyStatement statement);

    R show(Show statement);

    R ddl(Ddl statement);

    R select(Select statement);

    R setOperation(SetOperation statement);

    R values(ValuesQuery statement);

    R table(TableQuery statement);

    R insert(Insert statement);

    R update(Update statement);

    R delete(Delete statement);
}
