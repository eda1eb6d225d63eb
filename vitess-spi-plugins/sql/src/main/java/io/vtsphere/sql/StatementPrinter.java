package io.vtsphere.sql;

import io.vtsphere.sql.ast.AlterVSchema;
import io.vtsphere.sql.ast.Assignment;
import io.vtsphere.sql.ast.Begin;
import io.vtsphere.sql.ast.CallProcedure;
import io.vtsphere.sql.ast.Comments;
import io.vtsphere.sql.ast.Commit;
import io.vtsphere.sql.ast.Cte;
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
import io.vtsphere.sql.ast.InsertSource;
import io.vtsphere.sql.ast.Kill;
import io.vtsphere.sql.ast.Limit;
import io.vtsphere.sql.ast.Load;
import io.vtsphere.sql.ast.LockTables;
import io.vtsphere.sql.ast.OtherStatement;
import io.vtsphere.sql.ast.Prepare;
import io.vtsphere.sql.ast.Query;
import io.vtsphere.sql.ast.Rollback;
import io.vtsphere.sql.ast.RowAlias;
import io.vtsphere.sql.ast.Savepoint;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.SelectItem;
import io.vtsphere.sql.ast.SetItem;
import io.vtsphere.sql.ast.SetOperation;
import io.vtsphere.sql.ast.SetOperator;
import io.vtsphere.sql.ast.SetStatement;
import io.vtsphere.sql.ast.SetTransaction;
import io.vtsphere.sql.ast.Show;
import io.vtsphere.sql.ast.StatementVisitor;
import io.vtsphere.sql.ast.Stream;
import io.vtsphere.sql.ast.TableExpr;
import io.vtsphere.sql.ast.TableName;
import io.vtsphere.sql.ast.TableQuery;
import io.vtsphere.sql.ast.UnlockTables;
import io.vtsphere.sql.ast.Update;
import io.vtsphere.sql.ast.Use;
import io.vtsphere.sql.ast.VExplain;
import io.vtsphere.sql.ast.ValuesQuery;
import io.vtsphere.sql.ast.VariableScope;
import io.vtsphere.sql.ast.Window;
import io.vtsphere.sql.ast.Windowing;
import io.vtsphere.sql.ast.With;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints statements. */
final class StatementPrinter implements StatementVisitor<Printing> {
    private final Printing to;
    private final AdminPrinter admin;

    StatementPrinter(Printing to) {
        this.to = to;
        this.admin = new AdminPrinter(to);
    }

    Printing comments(Comments comments) {
        for (String comment : comments.texts()) {
            // a line comment must not swallow what follows it
            to.add(comment).add(comment.startsWith("/*") ? " " : "\n");
        }
        return to;
    }

    private void with(@Nullable With with) {
        if (with == null) {
            return;
        }
        String separator = with.recursive() ? "with recursive " : "with ";
        for (Cte cte : with.tables()) {
            to.add(separator).name(cte.name()).nameList("", cte.columns());
            to.add(" as (").query(cte.query()).add(")");
            separator = ", ";
        }
        to.add(" ");
    }

    private void tail(Query query) {
        to.orderBy(" order by ", query.orderBy());
        Limit limit = query.limit();
        if (limit != null) {
            limit(limit);
        }
        to.add(query.lock().isEmpty() ? "" : " " + query.lock());
        to.add(query.into().isEmpty() ? "" : " " + query.into());
    }

    void limit(Limit limit) {
        to.add(" limit ");
        Expr offset = limit.offset();
        if (offset != null) {
            to.expr(offset).add(", ");
        }
        to.expr(limit.count());
    }

    @Override
    public Printing select(Select select) {
        with(select.with());
        to.add("select ");
        comments(select.comments());
        to.add(select.options().distinct() ? "distinct " : "");
        for (String modifier : select.options().modifiers()) {
            to.add(modifier).add(" ");
        }
        String separator = "";
        for (SelectItem item : select.items()) {
            to.add(separator);
            item(item);
            separator = ", ";
        }
        if (select.from().isEmpty()) {
            to.add(" from dual");
        } else {
            to.add(" from ").tables(select.from());
        }
        to.optional(" where ", select.where());
        if (!select.groupBy().isEmpty()) {
            to.add(" group by ").exprs(select.groupBy()).add(select.rollup() ? " with rollup" : "");
        }
        to.optional(" having ", select.having());
        separator = " window ";
        for (Window window : select.windows()) {
            to.add(separator).name(window.name()).add(" as ");
            windowing(window.windowing());
            separator = ", ";
        }
        tail(select);
        return to;
    }

    void item(SelectItem item) {
        if (item instanceof SelectItem.Star star) {
            String keyspace = star.keyspace();
            String table = star.table();
            if (keyspace != null) {
                to.name(keyspace).add(".");
            }
            if (table != null) {
                to.name(table).add(".");
            }
            to.add("*");
        } else if (item instanceof SelectItem.Item entry) {
            to.expr(entry.expr());
            String alias = entry.alias();
            if (alias != null) {
                to.add(" as ").add(alias.isEmpty() ? "''" : Identifiers.quote(alias));
            }
        } else if (item instanceof SelectItem.NextValues next) {
            to.add("next ").expr(next.count()).add(" values");
        }
    }

    void windowing(Windowing window) {
        to.add("(");
        String base = window.base();
        String separator = "";
        if (base != null) {
            to.name(base);
            separator = " ";
        }
        if (!window.partitionBy().isEmpty()) {
            to.add(separator).add("partition by ").exprs(window.partitionBy());
            separator = " ";
        }
        if (!window.orderBy().isEmpty()) {
            to.add(separator).orderBy("order by ", window.orderBy());
            separator = " ";
        }
        Windowing.Frame frame = window.frame();
        if (frame != null) {
            to.add(separator).add(frame.unit()).add(" ");
            Windowing.Bound end = frame.end();
            if (end == null) {
                bound(frame.start());
            } else {
                to.add("between ");
                bound(frame.start());
                to.add(" and ");
                bound(end);
            }
        }
        to.add(")");
    }

    private void bound(Windowing.Bound bound) {
        Expr offset = bound.offset();
        if (offset != null) {
            to.operand(offset, ExprParser.BIT_OR).add(" ");
        }
        to.add(bound.kind().text());
    }

    @Override
    public Printing setOperation(SetOperation operation) {
        with(operation.with());
        SetOperator operator = operation.operator();
        boolean tight = operator == SetOperator.INTERSECT;
        side(
                operation.left(),
                tight && operation.left() instanceof SetOperation left && left.operator() != SetOperator.INTERSECT);
        to.add(" ").add(operator.text()).add(operation.all() ? " all " : " ");
        side(
                operation.right(),
                operation.right() instanceof SetOperation right
                        && (tight || right.operator() != SetOperator.INTERSECT));
        tail(operation);
        return to;
    }

    private void side(Query query, boolean parentheses) {
        if (parentheses
                || query.with() != null
                || !query.orderBy().isEmpty()
                || query.limit() != null
                || !query.lock().isEmpty()
                || !query.into().isEmpty()) {
            to.add("(").query(query).add(")");
        } else {
            to.query(query);
        }
    }

    @Override
    public Printing values(ValuesQuery values) {
        with(values.with());
        String separator = "values ";
        for (Expr.Tuple row : values.rows()) {
            to.add(separator).add("row").expr(row);
            separator = ", ";
        }
        tail(values);
        return to;
    }

    @Override
    public Printing table(TableQuery table) {
        with(table.with());
        to.add("table ").tableName(table.table());
        tail(table);
        return to;
    }

    @Override
    public Printing insert(Insert insert) {
        to.add(insert.replace() ? "replace " : "insert ");
        comments(insert.comments());
        to.add(insert.options().isEmpty() ? "" : insert.options() + " ")
                .add("into ")
                .tableName(insert.table());
        to.nameList(" partition ", insert.partitions())
                .nameList("", insert.columns())
                .add(" ");
        if (insert.source() instanceof InsertSource.Rows values) {
            String separator = "values ";
            for (Expr.Tuple row : values.rows()) {
                to.add(separator).expr(row);
                separator = ", ";
            }
        } else if (insert.source() instanceof InsertSource.FromQuery from) {
            to.query(from.query());
        }
        RowAlias alias = insert.rowAlias();
        if (alias != null) {
            to.add(" as ").name(alias.name()).nameList(" ", alias.columns());
        }
        return assignments(" on duplicate key update ", insert.onDuplicate());
    }

    private Printing assignments(String before, List<Assignment> assignments) {
        String separator = before;
        for (Assignment assignment : assignments) {
            to.add(separator).expr(assignment.column()).add(" = ").expr(assignment.value());
            separator = ", ";
        }
        return to;
    }

    @Override
    public Printing update(Update update) {
        with(update.with());
        to.add("update ");
        comments(update.comments());
        to.add(update.options().isEmpty() ? "" : update.options() + " ").tables(update.tables());
        assignments(" set ", update.assignments()).optional(" where ", update.where());
        return orderAndLimit(update.orderBy(), update.limit());
    }

    private Printing orderAndLimit(List<io.vtsphere.sql.ast.OrderItem> orderBy, @Nullable Limit limit) {
        to.orderBy(" order by ", orderBy);
        if (limit != null) {
            limit(limit);
        }
        return to;
    }

    @Override
    public Printing delete(Delete delete) {
        with(delete.with());
        to.add("delete ");
        comments(delete.comments());
        to.add(delete.options().isEmpty() ? "" : delete.options() + " ");
        String separator = "";
        for (TableName target : delete.targets()) {
            to.add(separator).tableName(target);
            separator = ", ";
        }
        to.add(separator.isEmpty() ? "from " : " from ");
        if (delete.targets().isEmpty() && delete.tables().get(0) instanceof TableExpr.Table table) {
            // here the alias stands before the partitions
            String alias = table.alias();
            to.tableName(table.name());
            if (alias != null) {
                to.add(" as ").name(alias);
            }
            to.nameList(" partition ", table.partitions());
        } else {
            to.tables(delete.tables());
        }
        to.optional(" where ", delete.where());
        return orderAndLimit(delete.orderBy(), delete.limit());
    }

    @Override
    public Printing set(SetStatement set) {
        to.add("set ");
        comments(set.comments());
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
        comments(explain.comments());
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
        comments(vexplain.comments());
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
        comments(call.comments());
        return to.tableName(call.procedure()).add("(").exprs(call.arguments()).add(")");
    }

    @Override
    public Printing doStatement(Do statement) {
        return to.add("do ").exprs(statement.expressions());
    }

    @Override
    public Printing prepare(Prepare prepare) {
        to.add("prepare ");
        comments(prepare.comments());
        return to.name(prepare.name()).add(" from ").expr(prepare.text());
    }

    @Override
    public Printing execute(Execute execute) {
        to.add("execute ");
        comments(execute.comments());
        to.name(execute.name());
        return execute.arguments().isEmpty() ? to : to.add(" using ").exprs(execute.arguments());
    }

    @Override
    public Printing deallocate(Deallocate deallocate) {
        to.add("deallocate ");
        comments(deallocate.comments());
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
