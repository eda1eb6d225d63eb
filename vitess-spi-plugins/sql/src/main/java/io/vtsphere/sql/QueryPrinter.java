package io.vtsphere.sql;

import io.vtsphere.sql.ast.Comments;
import io.vtsphere.sql.ast.Cte;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Limit;
import io.vtsphere.sql.ast.Query;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.SelectItem;
import io.vtsphere.sql.ast.SetOperation;
import io.vtsphere.sql.ast.SetOperator;
import io.vtsphere.sql.ast.TableQuery;
import io.vtsphere.sql.ast.ValuesQuery;
import io.vtsphere.sql.ast.Window;
import io.vtsphere.sql.ast.Windowing;
import io.vtsphere.sql.ast.With;
import org.jspecify.annotations.Nullable;

/** Prints queries and the clauses that other statements share with them. */
final class QueryPrinter {
    private final Printing to;

    QueryPrinter(Printing to) {
        this.to = to;
    }

    Printing comments(Comments comments) {
        for (String comment : comments.texts()) {
            // a line comment must not swallow what follows it
            to.add(comment).add(comment.startsWith("/*") ? " " : "\n");
        }
        return to;
    }

    void with(@Nullable With with) {
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
        if (!query.into().isEmpty()) {
            to.add(" ").text(query.into());
        }
    }

    void limit(Limit limit) {
        to.add(" limit ");
        Expr offset = limit.offset();
        if (offset != null) {
            to.expr(offset).add(", ");
        }
        to.expr(limit.count());
    }

    Printing select(Select select) {
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

    Printing setOperation(SetOperation operation) {
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

    Printing values(ValuesQuery values) {
        with(values.with());
        String separator = "values ";
        for (Expr.Tuple row : values.rows()) {
            to.add(separator).add("row").expr(row);
            separator = ", ";
        }
        tail(values);
        return to;
    }

    Printing table(TableQuery table) {
        with(table.with());
        to.add("table ").tableName(table.table());
        tail(table);
        return to;
    }
}
