package io.vtsphere.sql.ast;

/**
 * Any part of the tree that can be printed or walked by itself.
 *
 * <p>Every node is an immutable record; lists in it are unmodifiable. Names are unquoted and keep the case of the text. Dispatch is
 * by {@code instanceof} or, where the compiler shall check that no kind is forgotten, by {@link ExprVisitor}, {@link TableExprVisitor}
 * and {@link StatementVisitor}.
 */
public sealed interface Node
        permits Expr,
                TableExpr,
                Statement,
                SelectItem,
                TableName,
                With,
                Cte,
                Limit,
                OrderItem,
                Assignment,
                Window,
                Windowing,
                InsertSource,
                IndexHint,
                RowAlias {}
