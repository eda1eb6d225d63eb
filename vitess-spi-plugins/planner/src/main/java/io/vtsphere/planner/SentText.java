package io.vtsphere.planner;

import io.vtsphere.sql.BindNames;
import io.vtsphere.sql.SqlPrinter;
import io.vtsphere.sql.ast.ComparisonOp;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.IndexHint;
import io.vtsphere.sql.ast.Limit;
import io.vtsphere.sql.ast.Literal;
import io.vtsphere.sql.ast.Query;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.SetOperation;
import io.vtsphere.sql.ast.Statement;
import io.vtsphere.sql.ast.TableExpr;
import io.vtsphere.sql.ast.TableName;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * A statement as tablets understand it: tables by the names they have there, without keyspaces and vindex hints.
 *
 * <p>A table that a routing rule renamed keeps the old name as its alias. Qualified columns lose their keyspace.
 */
final class SentText extends CteNames {
    private final Tables tables;
    private final Map<Expr.In, String> lists = new IdentityHashMap<>();
    private final boolean lookUp;

    /** {@code lookUp} says whether names are looked up in the VSchema, or only stripped of their keyspace. */
    SentText(Tables tables, boolean lookUp) {
        this.tables = tables;
        this.lookUp = lookUp;
    }

    /** Puts list bind variables in the place of the lists of these conditions: {@code ::__vals}, or {@code ::__vals<i>} by column. */
    SentText withLists(RouteOption option) {
        int columns = option.routing().values().size();
        int list = 0;
        for (int i = 0; i < columns; i++) {
            if (option.routing().values().get(i).isList()
                    && list < option.lists().size()) {
                lists.put(option.lists().get(list++), columns == 1 ? Routing.VALS : Routing.VALS + i);
            }
        }
        return this;
    }

    /** The text of the statement with what it refers to renamed. */
    QueryText print(Statement statement) {
        return text(statement(statement));
    }

    /** The text of a query's columns: no condition holds, nothing is sorted. */
    String fieldQuery(Query query) {
        return SqlPrinter.printWithTypes(withoutRows((Query) statement(query)));
    }

    static QueryText text(Statement statement) {
        return new QueryText(SqlPrinter.printWithTypes(statement), List.copyOf(BindNames.of(statement)));
    }

    /** The query with a condition that never holds. */
    static Query withoutRows(Query query) {
        if (query instanceof SetOperation operation) {
            SetOperation both =
                    operation.withLeft(withoutRows(operation.left())).withRight(withoutRows(operation.right()));
            return both.withOrderBy(List.of()).withLimit(null).withLock("");
        }
        if (query instanceof Select select) {
            Expr never = new Expr.Comparison(ComparisonOp.NE, Literal.integer(1), Literal.integer(1));
            return select.withWhere(never)
                    .withHaving(null)
                    .withOrderBy(List.of())
                    .withLimit(null)
                    .withLock("");
        }
        return query.withLimit(new Limit(null, Literal.integer(0))).withLock("");
    }

    @Override
    public Expr expr(Expr expr) {
        if (expr instanceof Expr.In in && lists.containsKey(in)) {
            return new Expr.In(false, expr(in.left()), new Expr.ListBind(lists.get(in)));
        }
        if (expr instanceof Expr.Column column
                && column.keyspace() != null
                && !Tables.isSystemSchema(column.keyspace())) {
            return new Expr.Column(null, column.table(), column.name());
        }
        return super.expr(expr);
    }

    @Override
    public TableExpr table(TableExpr expr) {
        if (!(expr instanceof TableExpr.Table table)) {
            return super.table(expr);
        }
        TableName name = tableName(table.name());
        String alias = table.alias();
        if (alias == null && !name.name().equals(table.name().name())) {
            alias = table.name().name();
        }
        List<IndexHint> hints =
                table.hints().stream().filter(hint -> !hint.vindex()).toList();
        boolean same =
                name.equals(table.name()) && hints.size() == table.hints().size();
        return same ? expr : new TableExpr.Table(name, table.partitions(), alias, hints);
    }

    @Override
    public TableName tableName(TableName name) {
        if (isCte(name) || Tables.isSystemSchema(name.keyspace())) {
            return name;
        }
        if (!lookUp) {
            return name.keyspace() == null ? name : TableName.of(name.name());
        }
        TableSource source = tables.source(name);
        if (source.kind() == TableSource.Kind.SYSTEM) {
            return new TableName(tables.target().keyspace(), name.name());
        }
        String actual = source.table() == null ? name.name() : source.table().name();
        return name.keyspace() == null && actual.equals(name.name()) ? name : TableName.of(actual);
    }
}
