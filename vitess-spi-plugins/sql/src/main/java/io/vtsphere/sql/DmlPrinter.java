package io.vtsphere.sql;

import io.vtsphere.sql.ast.Assignment;
import io.vtsphere.sql.ast.Delete;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Insert;
import io.vtsphere.sql.ast.InsertSource;
import io.vtsphere.sql.ast.Limit;
import io.vtsphere.sql.ast.OrderItem;
import io.vtsphere.sql.ast.RowAlias;
import io.vtsphere.sql.ast.TableExpr;
import io.vtsphere.sql.ast.TableName;
import io.vtsphere.sql.ast.Update;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints INSERT, REPLACE, UPDATE and DELETE. */
final class DmlPrinter {
    private final Printing to;
    private final QueryPrinter queries;

    DmlPrinter(Printing to, QueryPrinter queries) {
        this.to = to;
        this.queries = queries;
    }

    Printing insert(Insert insert) {
        to.add(insert.replace() ? "replace " : "insert ");
        queries.comments(insert.comments());
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

    Printing update(Update update) {
        queries.with(update.with());
        to.add("update ");
        queries.comments(update.comments());
        to.add(update.options().isEmpty() ? "" : update.options() + " ").tables(update.tables());
        assignments(" set ", update.assignments()).optional(" where ", update.where());
        return orderAndLimit(update.orderBy(), update.limit());
    }

    private Printing orderAndLimit(List<OrderItem> orderBy, @Nullable Limit limit) {
        to.orderBy(" order by ", orderBy);
        if (limit != null) {
            queries.limit(limit);
        }
        return to;
    }

    Printing delete(Delete delete) {
        queries.with(delete.with());
        to.add("delete ");
        queries.comments(delete.comments());
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
}
