package io.vtsphere.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rebuilds a statement or a table expression from its rewritten children. */
final class StatementDescent implements StatementVisitor<Statement>, TableExprVisitor<TableExpr> {
    private final Rewriter rewriter;
    private final ExprDescent exprs;

    StatementDescent(Rewriter rewriter) {
        this.rewriter = rewriter;
        this.exprs = new ExprDescent(rewriter);
    }

    private @Nullable With with(@Nullable With with) {
        if (with == null) {
            return null;
        }
        List<Cte> tables = Rewriter.each(with.tables(), cte -> {
            Query query = rewriter.query(cte.query());
            return query == cte.query() ? cte : new Cte(cte.name(), cte.columns(), query);
        });
        return tables == with.tables() ? with : new With(with.recursive(), tables);
    }

    private List<TableExpr> tables(List<TableExpr> tables) {
        return Rewriter.each(tables, rewriter::table);
    }

    private List<Assignment> assignments(List<Assignment> assignments) {
        return Rewriter.each(assignments, assignment -> {
            Expr column = rewriter.expr(assignment.column());
            Expr value = rewriter.expr(assignment.value());
            return column == assignment.column() && value == assignment.value()
                    ? assignment
                    : new Assignment((Expr.Column) column, value);
        });
    }

    @Override
    public Statement select(Select old) {
        With with = with(old.with());
        List<SelectItem> items = Rewriter.each(old.items(), rewriter::item);
        List<TableExpr> from = tables(old.from());
        Expr where = rewriter.optional(old.where());
        List<Expr> groupBy = Rewriter.each(old.groupBy(), rewriter::groupItem);
        Expr having = rewriter.optional(old.having());
        List<Window> windows = Rewriter.each(old.windows(), window -> {
            Windowing windowing = exprs.windowing(window.windowing());
            return windowing == window.windowing() ? window : new Window(window.name(), windowing);
        });
        List<OrderItem> orderBy = rewriter.orderItems(old.orderBy());
        Limit limit = rewriter.optional(old.limit());
        if (with == old.with()
                && items == old.items()
                && from == old.from()
                && where == old.where()
                && groupBy == old.groupBy()
                && having == old.having()
                && windows == old.windows()
                && orderBy == old.orderBy()
                && limit == old.limit()) {
            return old;
        }
        return new Select(
                with,
                old.comments(),
                old.options(),
                items,
                from,
                where,
                groupBy,
                old.rollup(),
                having,
                windows,
                orderBy,
                limit,
                old.lock(),
                old.into());
    }

    @Override
    public Statement setOperation(SetOperation old) {
        With with = with(old.with());
        Query left = rewriter.query(old.left());
        Query right = rewriter.query(old.right());
        List<OrderItem> orderBy = rewriter.orderItems(old.orderBy());
        Limit limit = rewriter.optional(old.limit());
        return with == old.with()
                        && left == old.left()
                        && right == old.right()
                        && orderBy == old.orderBy()
                        && limit == old.limit()
                ? old
                : new SetOperation(
                        with, old.operator(), old.all(), left, right, orderBy, limit, old.lock(), old.into());
    }

    @Override
    public Statement values(ValuesQuery old) {
        With with = with(old.with());
        List<Expr.Tuple> rows = rows(old.rows());
        List<OrderItem> orderBy = rewriter.orderItems(old.orderBy());
        Limit limit = rewriter.optional(old.limit());
        return with == old.with() && rows == old.rows() && orderBy == old.orderBy() && limit == old.limit()
                ? old
                : new ValuesQuery(with, rows, orderBy, limit, old.lock(), old.into());
    }

    private List<Expr.Tuple> rows(List<Expr.Tuple> rows) {
        return Rewriter.each(rows, row -> (Expr.Tuple) rewriter.expr(row));
    }

    @Override
    public Statement table(TableQuery old) {
        With with = with(old.with());
        TableName table = rewriter.tableName(old.table());
        List<OrderItem> orderBy = rewriter.orderItems(old.orderBy());
        Limit limit = rewriter.optional(old.limit());
        return with == old.with() && table == old.table() && orderBy == old.orderBy() && limit == old.limit()
                ? old
                : new TableQuery(with, table, orderBy, limit, old.lock(), old.into());
    }

    @Override
    public Statement insert(Insert old) {
        TableName table = rewriter.tableName(old.table());
        InsertSource source = source(old.source());
        List<Assignment> onDuplicate = assignments(old.onDuplicate());
        return table == old.table() && source == old.source() && onDuplicate == old.onDuplicate()
                ? old
                : new Insert(
                        old.comments(),
                        old.replace(),
                        old.options(),
                        table,
                        old.partitions(),
                        old.columns(),
                        source,
                        old.rowAlias(),
                        onDuplicate);
    }

    private InsertSource source(InsertSource source) {
        if (source instanceof InsertSource.Rows values) {
            List<Expr.Tuple> rows = rows(values.rows());
            return rows == values.rows() ? source : new InsertSource.Rows(rows);
        }
        Query old = ((InsertSource.FromQuery) source).query();
        Query query = rewriter.query(old);
        return query == old ? source : new InsertSource.FromQuery(query);
    }

    @Override
    public Statement update(Update old) {
        With with = with(old.with());
        List<TableExpr> tables = tables(old.tables());
        List<Assignment> assignments = assignments(old.assignments());
        Expr where = rewriter.optional(old.where());
        List<OrderItem> orderBy = rewriter.orderItems(old.orderBy());
        Limit limit = rewriter.optional(old.limit());
        return with == old.with()
                        && tables == old.tables()
                        && assignments == old.assignments()
                        && where == old.where()
                        && orderBy == old.orderBy()
                        && limit == old.limit()
                ? old
                : new Update(with, old.comments(), old.options(), tables, assignments, where, orderBy, limit);
    }

    @Override
    public Statement delete(Delete old) {
        With with = with(old.with());
        List<TableName> targets = Rewriter.each(old.targets(), rewriter::tableName);
        List<TableExpr> tables = tables(old.tables());
        Expr where = rewriter.optional(old.where());
        List<OrderItem> orderBy = rewriter.orderItems(old.orderBy());
        Limit limit = rewriter.optional(old.limit());
        return with == old.with()
                        && targets == old.targets()
                        && tables == old.tables()
                        && where == old.where()
                        && orderBy == old.orderBy()
                        && limit == old.limit()
                ? old
                : new Delete(with, old.comments(), old.options(), targets, tables, where, orderBy, limit);
    }

    @Override
    public Statement set(SetStatement old) {
        List<SetItem> items = Rewriter.each(old.items(), item -> {
            Expr target = rewriter.expr(item.target());
            Expr value = rewriter.expr(item.value());
            return target == item.target() && value == item.value()
                    ? item
                    : new SetItem(target, value, item.collation());
        });
        return items == old.items() ? old : new SetStatement(old.comments(), items);
    }

    @Override
    public Statement show(Show old) {
        TableName oldTable = old.table();
        TableName table = oldTable == null ? null : rewriter.tableName(oldTable);
        Expr where = rewriter.optional(old.where());
        return table == oldTable && where == old.where()
                ? old
                : new Show(
                        old.kind(),
                        old.scope(),
                        old.full(),
                        old.extended(),
                        table,
                        old.database(),
                        old.like(),
                        where,
                        old.argument(),
                        old.text());
    }

    @Override
    public Statement explain(Explain old) {
        Statement statement = rewriter.statement(old.statement());
        return statement == old.statement() ? old : new Explain(old.comments(), old.analyze(), old.format(), statement);
    }

    @Override
    public Statement vexplain(VExplain old) {
        Statement statement = rewriter.statement(old.statement());
        return statement == old.statement() ? old : new VExplain(old.kind(), old.comments(), statement);
    }

    @Override
    public Statement describeTable(DescribeTable old) {
        TableName table = rewriter.tableName(old.table());
        return table == old.table() ? old : new DescribeTable(table, old.column());
    }

    @Override
    public Statement call(CallProcedure old) {
        List<Expr> arguments = rewriter.exprs(old.arguments());
        TableName procedure = rewriter.tableName(old.procedure());
        return arguments == old.arguments() && procedure == old.procedure()
                ? old
                : new CallProcedure(old.comments(), procedure, arguments);
    }

    @Override
    public Statement doStatement(Do old) {
        List<Expr> expressions = rewriter.exprs(old.expressions());
        return expressions == old.expressions() ? old : new Do(expressions);
    }

    @Override
    public Statement prepare(Prepare old) {
        Expr text = rewriter.expr(old.text());
        return text == old.text() ? old : new Prepare(old.comments(), old.name(), text);
    }

    @Override
    public Statement kill(Kill old) {
        Expr id = rewriter.expr(old.id());
        return id == old.id() ? old : new Kill(old.query(), id);
    }

    @Override
    public Statement lockTables(LockTables old) {
        List<LockTables.Lock> locks = Rewriter.each(old.locks(), lock -> {
            TableExpr table = rewriter.table(lock.table());
            return table == lock.table() ? lock : new LockTables.Lock(table, lock.mode());
        });
        return locks == old.locks() ? old : new LockTables(locks);
    }

    @Override
    public Statement stream(Stream old) {
        SelectItem item = rewriter.item(old.item());
        TableName table = rewriter.tableName(old.table());
        Expr where = rewriter.optional(old.where());
        Limit limit = rewriter.optional(old.limit());
        return item == old.item() && table == old.table() && where == old.where() && limit == old.limit()
                ? old
                : new Stream(old.vstream(), old.comments(), item, table, where, limit);
    }

    @Override
    public Statement ddl(Ddl old) {
        List<Ddl.Name> names = Rewriter.each(old.names(), name -> {
            TableName table = rewriter.tableName(name.table());
            return table == name.table() ? name : new Ddl.Name(table, name.reference(), name.place());
        });
        Query oldQuery = old.query();
        Query query = oldQuery == null ? null : rewriter.query(oldQuery);
        return names == old.names() && query == oldQuery ? old : old.with(names, query);
    }

    @Override
    public Statement setTransaction(SetTransaction old) {
        return old;
    }

    @Override
    public Statement begin(Begin old) {
        return old;
    }

    @Override
    public Statement commit(Commit old) {
        return old;
    }

    @Override
    public Statement rollback(Rollback old) {
        return old;
    }

    @Override
    public Statement savepoint(Savepoint old) {
        return old;
    }

    @Override
    public Statement use(Use old) {
        return old;
    }

    @Override
    public Statement execute(Execute old) {
        return old;
    }

    @Override
    public Statement deallocate(Deallocate old) {
        return old;
    }

    @Override
    public Statement unlockTables(UnlockTables old) {
        return old;
    }

    @Override
    public Statement flush(Flush old) {
        return old;
    }

    @Override
    public Statement load(Load old) {
        return old;
    }

    @Override
    public Statement alterVSchema(AlterVSchema old) {
        return old;
    }

    @Override
    public Statement other(OtherStatement old) {
        return old;
    }

    @Override
    public Statement empty(EmptyStatement old) {
        return old;
    }

    @Override
    public TableExpr table(TableExpr.Table old) {
        TableName name = rewriter.tableName(old.name());
        return name == old.name() ? old : new TableExpr.Table(name, old.partitions(), old.alias(), old.hints());
    }

    @Override
    public TableExpr derived(TableExpr.Derived old) {
        Query query = rewriter.query(old.query());
        return query == old.query() ? old : new TableExpr.Derived(old.lateral(), query, old.alias(), old.columns());
    }

    @Override
    public TableExpr join(TableExpr.Join old) {
        TableExpr left = rewriter.table(old.left());
        TableExpr right = rewriter.table(old.right());
        Expr on = rewriter.optional(old.on());
        return left == old.left() && right == old.right() && on == old.on()
                ? old
                : new TableExpr.Join(old.kind(), left, right, on, old.using());
    }

    @Override
    public TableExpr group(TableExpr.Group old) {
        List<TableExpr> tables = tables(old.tables());
        return tables == old.tables() ? old : new TableExpr.Group(tables);
    }

    @Override
    public TableExpr jsonTable(TableExpr.JsonTable old) {
        Expr document = rewriter.expr(old.document());
        return document == old.document()
                ? old
                : new TableExpr.JsonTable(document, old.path(), old.columns(), old.alias());
    }
}
