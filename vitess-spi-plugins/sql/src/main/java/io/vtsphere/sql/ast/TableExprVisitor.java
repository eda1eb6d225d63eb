package io.vtsphere.sql.ast;

/** One method for each kind of table expression; a new kind does not compile until every visitor knows it. */
public interface TableExprVisitor<R> {
    R table(TableExpr.Table table);

    R derived(TableExpr.Derived derived);

    R join(TableExpr.Join join);

    R group(TableExpr.Group group);

    R jsonTable(TableExpr.JsonTable jsonTable);
}
