package io.vtsphere.planner;

import io.vtsphere.sql.SqlPrinter;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Insert;
import io.vtsphere.sql.ast.InsertSource;
import io.vtsphere.sql.ast.Literal;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.SelectItem;
import io.vtsphere.sql.ast.TableExpr;
import io.vtsphere.sql.ast.TableName;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.topo.AutoIncrement;
import io.vtsphere.topo.ColumnVSchema;
import io.vtsphere.topo.ColumnVindex;
import io.vtsphere.topo.TableVSchema;
import io.vtsphere.vterrors.VtError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The columns and rows of an INSERT while its routing values move into bind variables. Used while one statement is planned.
 *
 * <p>Columns that the statement leaves out, and that a vindex or a sequence needs, are added with NULL.
 */
final class InsertRows {
    private static final Pattern NOT_IN_BIND_NAME = Pattern.compile("[^a-z0-9_]");

    private final Insert insert;
    private final List<String> columns;
    private final List<List<Expr>> rows;

    private InsertRows(Insert insert, List<String> columns, List<List<Expr>> rows) {
        this.insert = insert;
        this.columns = columns;
        this.rows = rows;
    }

    /**
     * Takes the rows apart.
     *
     * @throws io.vtsphere.vterrors.VtException VT09004 without a column list that is known, VT03006 for a row of another length
     */
    static InsertRows of(Insert insert, InsertSource.Rows source, TableVSchema table) {
        List<String> columns = new ArrayList<>(insert.columns());
        boolean empty = source.rows().stream().allMatch(row -> row.elements().isEmpty());
        if (columns.isEmpty() && !empty) {
            if (!table.columnListAuthoritative()) {
                throw VtError.VT09004.with();
            }
            table.columns().stream()
                    .filter(column -> !column.invisible())
                    .map(ColumnVSchema::name)
                    .forEach(columns::add);
        }
        List<List<Expr>> rows = new ArrayList<>();
        for (Expr.Tuple row : source.rows()) {
            if (row.elements().size() != columns.size()) {
                throw VtError.VT03006.with();
            }
            rows.add(new ArrayList<>(row.elements()));
        }
        return new InsertRows(insert, columns, rows);
    }

    /** The INSERT with the columns as they are now. */
    Insert insert() {
        return insert.withColumns(columns);
    }

    InsertSource.Rows rows() {
        return new InsertSource.Rows(rows.stream().map(Expr.Tuple::new).toList());
    }

    private int column(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).equalsIgnoreCase(name)) {
                return i;
            }
        }
        columns.add(name);
        rows.forEach(row -> row.add(Literal.NULL));
        return columns.size() - 1;
    }

    /** Has a sequence fill the auto-increment column: each row then reads {@code :__seq<row>}. */
    Primitive.Generate generate(TableVSchema table) {
        AutoIncrement auto = table.autoIncrement();
        if (auto == null) {
            throw new IllegalArgumentException(table + " has no sequence");
        }
        int index = column(auto.column());
        List<RouteValue> values = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            Expr cell = rows.get(row).get(index);
            values.add(
                    cell instanceof Expr.Default ? new RouteValue.Literal(SqlValue.NULL) : value(cell, auto.column()));
            rows.get(row).set(index, new Expr.Bind("__seq" + row, null));
        }
        TableName sequence = TableName.of(auto.sequence().name());
        Select next = Select.of(
                List.of(new SelectItem.NextValues(new Expr.Bind("n", null))),
                List.of(TableExpr.Table.of(sequence)),
                null);
        Routing routing = Routing.of(Opcode.NEXT, auto.sequence().keyspace(), false);
        return new Primitive.Generate(routing, SentText.text(next), values);
    }

    /** Takes the values of a vindex' columns: each row then reads {@code :_<column>_<row>}. */
    Primitive.VindexRows vindex(ColumnVindex vindex) {
        List<String> names = new ArrayList<>();
        List<List<RouteValue>> values = new ArrayList<>();
        rows.forEach(row -> values.add(new ArrayList<>()));
        for (String column : vindex.columns()) {
            int index = column(column);
            String name =
                    NOT_IN_BIND_NAME.matcher(column.toLowerCase(Locale.ROOT)).replaceAll("_");
            names.add(name);
            for (int row = 0; row < rows.size(); row++) {
                values.get(row).add(value(rows.get(row).get(index), column));
                rows.get(row).set(index, new Expr.Bind("_" + name + "_" + row, null));
            }
        }
        return new Primitive.VindexRows(vindex.vindex(), names, values);
    }

    private static RouteValue value(Expr cell, String column) {
        RouteValue value = RouteValues.single(cell);
        if (value == null) {
            throw VtError.VT12001.with("only values are supported; invalid insert into column: `" + column
                    + "` with expr: [" + SqlPrinter.print(cell) + "]");
        }
        return value;
    }
}
