package io.vtsphere.sql.ast;

/** A read-only walk over a tree in the order of the printed text. */
public abstract class Walker {
    private final Rewriter steps = new Rewriter() {
        @Override
        public Expr expr(Expr expr) {
            return enter(expr) ? super.expr(expr) : expr;
        }

        @Override
        public TableExpr table(TableExpr table) {
            return enter(table) ? super.table(table) : table;
        }

        @Override
        public Query query(Query query) {
            return enter(query) ? super.query(query) : query;
        }

        @Override
        public SelectItem item(SelectItem item) {
            return enter(item) ? super.item(item) : item;
        }

        @Override
        public OrderItem orderItem(OrderItem item) {
            return enter(item) ? super.orderItem(item) : item;
        }

        @Override
        public Limit limit(Limit limit) {
            return enter(limit) ? super.limit(limit) : limit;
        }

        @Override
        public TableName tableName(TableName name) {
            enter(name);
            return name;
        }

        @Override
        public Statement statement(Statement statement) {
            if (statement instanceof Query) {
                return super.statement(statement);
            }
            return enter(statement) ? super.statement(statement) : statement;
        }
    };

    /**
     * Called before the children of each expression, table expression, statement, select item, order item, limit and table name.
     *
     * @return whether to go into its children
     */
    protected abstract boolean enter(Node node);

    public final void walk(Statement statement) {
        steps.statement(statement);
    }

    public final void walk(Expr expr) {
        steps.expr(expr);
    }

    public final void walk(TableExpr table) {
        steps.table(table);
    }
}
