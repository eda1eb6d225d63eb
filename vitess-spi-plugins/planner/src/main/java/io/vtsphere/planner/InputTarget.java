package io.vtsphere.planner;

import io.vtsphere.sql.ast.Assignment;
import io.vtsphere.sql.ast.Comments;
import io.vtsphere.sql.ast.Delete;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.OrderItem;
import io.vtsphere.sql.ast.Statement;
import io.vtsphere.sql.ast.TableExpr;
import io.vtsphere.sql.ast.Update;
import java.util.ArrayList;
import java.util.List;

/**
 * One table that a {@link Primitive.InputWrite} writes.
 *
 * @param table as the statement names it, without hints
 * @param keyspace where it is
 * @param name its name there
 * @param vindexColumns the columns of its primary vindex; none in an unsharded keyspace
 * @param assignments what an UPDATE sets; {@link #value} stands for what the query computes. Empty for a DELETE
 * @param values what the query computes for each row, beside its key
 * @param firstValue the number of the first of these values among those of all targets
 * @param orderBy of the statement
 */
public record InputTarget(
        boolean update,
        Comments comments,
        TableExpr.Table table,
        String keyspace,
        String name,
        List<String> vindexColumns,
        List<Assignment> assignments,
        List<Expr> values,
        int firstValue,
        List<OrderItem> orderBy) {
    /** The list bind variable of keys with one column. */
    public static final String KEYS = "__dml_vals";

    /** Stands for a primary key of which only the tablets know. */
    private static final String PRIMARY_KEY = "__primary_key";

    public InputTarget {
        vindexColumns = List.copyOf(vindexColumns);
        assignments = List.copyOf(assignments);
        values = List.copyOf(values);
        orderBy = List.copyOf(orderBy);
    }

    /** The bind variable of a value that the query computes. */
    public static String value(int number) {
        return "__dml_value" + number;
    }

    /** The bind variable of a column of a key with several columns. */
    public static String key(int row, int column) {
        return "__dml_key" + row + "_" + column;
    }

    /** The columns by which a row is found again: where it lies, and then what of the primary key is not in that. */
    public List<String> key(List<String> primaryKey) {
        List<String> columns = new ArrayList<>(vindexColumns);
        for (String column : primaryKey) {
            if (columns.stream().noneMatch(column::equalsIgnoreCase)) {
                columns.add(column);
            }
        }
        return columns;
    }

    /** What stands for the key in a plan that is only shown. */
    List<String> shownKey() {
        return vindexColumns.isEmpty() ? List.of(PRIMARY_KEY) : vindexColumns;
    }

    /** Writes so many rows, whose keys and values are bind variables. */
    public Statement write(List<String> key, int rows) {
        TableExpr.Table written =
                new TableExpr.Table(table.name(), List.of(), update ? table.alias() : null, List.of());
        List<Expr> columns = new ArrayList<>();
        key.forEach(column -> columns.add(Expr.Column.of(column)));
        Expr where;
        if (columns.size() == 1) {
            where = new Expr.In(false, columns.get(0), new Expr.ListBind(KEYS));
        } else {
            List<Expr> tuples = new ArrayList<>();
            for (int row = 0; row < rows; row++) {
                List<Expr> tuple = new ArrayList<>();
                for (int column = 0; column < columns.size(); column++) {
                    tuple.add(new Expr.Bind(key(row, column), null));
                }
                tuples.add(new Expr.Tuple(tuple));
            }
            where = new Expr.In(false, new Expr.Tuple(columns), new Expr.Tuple(tuples));
        }
        return update
                ? new Update(null, comments, "", List.of(written), assignments, where, orderBy, null)
                : new Delete(null, comments, "", List.of(), List.of(written), where, List.of(), null);
    }
}
