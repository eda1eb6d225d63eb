package io.vtsphere.sql;

import io.vtsphere.sql.ast.AlterVSchema;
import io.vtsphere.sql.ast.Begin;
import io.vtsphere.sql.ast.CallProcedure;
import io.vtsphere.sql.ast.Commit;
import io.vtsphere.sql.ast.Ddl;
import io.vtsphere.sql.ast.Deallocate;
import io.vtsphere.sql.ast.Delete;
import io.vtsphere.sql.ast.DescribeTable;
import io.vtsphere.sql.ast.Do;
import io.vtsphere.sql.ast.EmptyStatement;
import io.vtsphere.sql.ast.Execute;
import io.vtsphere.sql.ast.Explain;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Flush;
import io.vtsphere.sql.ast.Insert;
import io.vtsphere.sql.ast.Kill;
import io.vtsphere.sql.ast.Load;
import io.vtsphere.sql.ast.LockTables;
import io.vtsphere.sql.ast.OtherStatement;
import io.vtsphere.sql.ast.Prepare;
import io.vtsphere.sql.ast.Rollback;
import io.vtsphere.sql.ast.Savepoint;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.SetItem;
import io.vtsphere.sql.ast.SetOperation;
import io.vtsphere.sql.ast.SetStatement;
import io.vtsphere.sql.ast.SetTransaction;
import io.vtsphere.sql.ast.Show;
import io.vtsphere.sql.ast.StatementVisitor;
import io.vtsphere.sql.ast.Stream;
import io.vtsphere.sql.ast.TableQuery;
import io.vtsphere.sql.ast.UnlockTables;
import io.vtsphere.sql.ast.Update;
import io.vtsphere.sql.ast.Use;
import io.vtsphere.sql.ast.VExplain;
import io.vtsphere.sql.ast.ValuesQuery;
import io.vtsphere.sql.ast.VariableScope;
import java.util.Locale;

/** Prints statements. */
final class StatementPrinter implements StatementVisitor<Printing> {
    private final Printing to;
    private final QueryPrinter queries;
    private final DmlPrinter dml;
    private final AdminPrinter admin;

    StatementPrinter(Printing to, QueryPrinter queries) {
        this.to = to;
        this.queries = queries;
        this.dml = new DmlPrinter(to, queries);
        this.admin = new AdminPrinter(to);
    }

    @Override
    public Printing select(Select select) {
        return queries.select(select);
    }

    @Override
    public Printing setOperation(SetOperation operation) {
        return queries.setOperation(operation);
    }

    @Override
    public Printing values(ValuesQuery values) {
        return queries.values(values);
    }

    @Override
    public Printing table(TableQuery table) {
        return queries.table(table);
    }

    @Override
    public Printing insert(Insert insert) {
        return dml.insert(insert);
    }

    @Override
    public Printing update(Update update) {
        return dml.update(update);
    }

    @Override
    public Printing delete(Delete delete) {
        return dml.delete(delete);
    }

    @Override
    public Printing set(SetStatement set) {
        to.add("set ");
        queries.comments(set.comments());
        String separator = "";
        for (SetItem item : set.items()) {
            to.add(separator);
            setItem(item);
            separator = ", ";
        }
        return to;
    }

    void setItem(SetItem item) {
        if (item.target() instanceof Expr.SystemVariable variable
                && variable.scope() == null
                && (variable.name().equals("names") || variable.name().equals("charset"))) {
            to.add(variable.name()).add(" ").expr(item.value());
            String collation = item.collation();
            if (collation != null) {
                to.add(" collate ").name(collation);
            }
        } else {
            to.expr(item.target()).add(" = ").expr(item.value());
        }
    }

    @Override
    public Printing setTransaction(SetTransaction set) {
        VariableScope scope = set.scope();
        to.add("set ").add(scope == null ? "" : scope.text() + " ").add("transaction ");
        String isolation = set.isolation();
        if (isolation != null) {
            to.add("isolation level ").add(isolation);
        }
        Boolean readOnly = set.readOnly();
        if (readOnly != null) {
            to.add(isolation == null ? "" : ", ").add(readOnly ? "read only" : "read write");
        }
        return to;
    }

    @Override
    public Printing begin(Begin begin) {
        if (!begin.start()) {
            return to.add("begin");
        }
        String separator = "start transaction ";
        for (String characteristic : begin.characteristics()) {
            to.add(separator).add(characteristic);
            separator = ", ";
        }
        return begin.characteristics().isEmpty() ? to.add("start transaction") : to;
    }

    @Override
    public Printing commit(Commit commit) {
        return to.add("commit");
    }

    @Override
    public Printing rollback(Rollback rollback) {
        return to.add("rollback");
    }

    @Override
    public Printing savepoint(Savepoint savepoint) {
        return to.add(savepoint.action().text()).name(savepoint.name());
    }

    @Override
    public Printing use(Use use) {
        String target = use.target();
        return target == null ? to.add("use") : to.add("use ").name(target);
    }

    @Override
    public Printing explain(Explain explain) {
        to.add("explain ");
        queries.comments(explain.comments());
        String format = explain.format();
        to.add(explain.analyze() ? "analyze " : "");
        if (format != null) {
            to.add(format.equals("partitions") || format.equals("extended") ? format : "format = " + format)
                    .add(" ");
        }
        return to.statement(explain.statement());
    }

    @Override
    public Printing vexplain(VExplain vexplain) {
        to.add("vexplain ");
        queries.comments(vexplain.comments());
        return to.add(vexplain.kind().name().toLowerCase(Locale.ROOT)).add(" ").statement(vexplain.statement());
    }

    @Override
    public Printing show(Show show) {
        return admin.show(show);
    }

    @Override
    public Printing describeTable(DescribeTable describe) {
        return admin.describeTable(describe);
    }

    @Override
    public Printing call(CallProcedure call) {
        to.add("call ");
        queries.comments(call.comments());
        return to.tableName(call.procedure()).add("(").exprs(call.arguments()).add(")");
    }

    @Override
    public Printing doStatement(Do statement) {
        return to.add("do ").exprs(statement.expressions());
    }

    @Override
    public Printing prepare(Prepare prepare) {
        to.add("prepare ");
        queries.comments(prepare.comments());
        return to.name(prepare.name()).add(" from ").expr(prepare.text());
    }

    @Override
    public Printing execute(Execute execute) {
        to.add("execute ");
        queries.comments(execute.comments());
        to.name(execute.name());
        return execute.arguments().isEmpty() ? to : to.add(" using ").exprs(execute.arguments());
    }

    @Override
    public Printing deallocate(Deallocate deallocate) {
        to.add("deallocate ");
        queries.comments(deallocate.comments());
        return to.add("prepare ").name(deallocate.name());
    }

    @Override
    public Printing kill(Kill kill) {
        return to.add(kill.query() ? "kill query " : "kill ").expr(kill.id());
    }

    @Override
    public Printing lockTables(LockTables lock) {
        String separator = "lock tables ";
        for (LockTables.Lock one : lock.locks()) {
            to.add(separator).table(one.table()).add(" ").add(one.mode());
            separator = ", ";
        }
        return to;
    }

    @Override
    public Printing unlockTables(UnlockTables unlock) {
        return to.add("unlock tables");
    }

    @Override
    public Printing flush(Flush flush) {
        return to.add(flush.text());
    }

    @Override
    public Printing load(Load load) {
        return to.add(load.text());
    }

    @Override
    public Printing stream(Stream stream) {
        return admin.stream(stream);
    }

    @Override
    public Printing alterVSchema(AlterVSchema alter) {
        return admin.alterVSchema(alter);
    }

    @Override
    public Printing other(OtherStatement other) {
        return to.add(other.text());
    }

    @Override
    public Printing ddl(Ddl ddl) {
        return admin.ddl(ddl);
    }

    @Override
    public Printing empty(EmptyStatement empty) {
        return to;
    }
}
