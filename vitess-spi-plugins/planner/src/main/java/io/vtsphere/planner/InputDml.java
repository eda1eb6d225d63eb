package io.vtsphere.planner;

import io.vtsphere.sql.SqlPrinter;
import io.vtsphere.sql.ast.Assignment;
import io.vtsphere.sql.ast.Comments;
import io.vtsphere.sql.ast.Delete;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Limit;
import io.vtsphere.sql.ast.Literal;
import io.vtsphere.sql.ast.Node;
import io.vtsphere.sql.ast.OrderItem;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.SelectItem;
import io.vtsphere.sql.ast.Statement;
import io.vtsphere.sql.ast.TableExpr;
import io.vtsphere.sql.ast.TableName;
import io.vtsphere.sql.ast.Update;
import io.vtsphere.sql.ast.Walker;
import io.vtsphere.topo.ColumnVindex;
import io.vtsphere.topo.TableVSchema;
import io.vtsphere.vterrors.VtError;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * UPDATE and DELETE whose rows no shard finds alone: with LIMIT, of joined tables, with subqueries over other shards. A query finds the rows
 * and locks them, computes what needs other rows, and then each row is written by its primary key.
 *
 * <p>Used while one statement is planned. Source: Vitess' {@code go/vt/vtgate/planbuilder/operators/dml_with_input.go}.
 */
final class InputDml {
    private final Planning planning;
    private final List<TableExpr> tables;
    private final boolean single;
    private final List<TableExpr.Table> named = new ArrayList<>();
    private boolean derived;

    private InputDml(Planning planning, List<TableExpr> tables) {
        this.planning = planning;
        this.tables = tables;
        this.single = tables.size() == 1 && tables.get(0) instanceof TableExpr.Table;
        tables.forEach(this::collect);
    }

    private void collect(TableExpr expr) {
        if (expr instanceof TableExpr.Table table) {
            named.add(table);
        } else if (expr instanceof TableExpr.Join join) {
            collect(join.left());
            collect(join.right());
        } else if (expr instanceof TableExpr.Group group) {
            group.tables().forEach(this::collect);
        } else {
            derived = true;
        }
    }

    /**
     * The plan of an UPDATE; null where its tables cannot be written so.
     *
     * @throws io.vtsphere.vterrors.VtException VT12001 naming what keeps it from being exact
     */
    static @Nullable Primitive update(Planning planning, Update update) {
        InputDml dml = new InputDml(planning, update.tables());
        List<TableExpr.Table> written = new ArrayList<>();
        for (Assignment assignment : update.assignments()) {
            TableExpr.Table table = dml.target(assignment.column());
            if (written.stream().noneMatch(one -> one == table)) {
                written.add(table);
            }
        }
        if (!written.stream().allMatch(dml::isWritable)) {
            return null;
        }
        dml.refuse("UPDATE", update.options(), update.orderBy());
        dml.refuseOperands(update.assignments());
        List<InputTarget> targets = new ArrayList<>();
        int values = 0;
        for (TableExpr.Table table : written) {
            InputTarget target = dml.updated(update, table, values);
            values += target.values().size();
            targets.add(target);
        }
        return dml.plan(targets, update.where(), update.orderBy(), update.limit(), update.comments());
    }

    /** The plan of a DELETE, as {@link #update}. */
    static @Nullable Primitive delete(Planning planning, Delete delete) {
        InputDml dml = new InputDml(planning, delete.tables());
        List<TableExpr.Table> written = new ArrayList<>();
        if (delete.targets().isEmpty()) {
            written.addAll(dml.named);
        } else {
            delete.targets().forEach(target -> written.add(dml.target(target)));
        }
        if (written.isEmpty() || !written.stream().allMatch(dml::isWritable)) {
            return null;
        }
        dml.refuse("DELETE", delete.options(), delete.orderBy());
        List<InputTarget> targets = written.stream()
                .map(table -> dml.target(false, delete.comments(), table, List.of(), List.of(), 0, List.of()))
                .toList();
        return dml.plan(targets, delete.where(), delete.orderBy(), delete.limit(), delete.comments());
    }

    private boolean isWritable(TableExpr.Table table) {
        TableSource source = planning.tables().source(table.name());
        return source.kind() == TableSource.Kind.UNSHARDED || source.kind() == TableSource.Kind.SHARDED;
    }

    /** The table whose column is set. */
    private TableExpr.Table target(Expr.Column column) {
        List<TableExpr.Table> found = new ArrayList<>();
        boolean listed = !derived;
        for (TableExpr.Table table : named) {
            if (column.table() != null) {
                if (table.exposedName().equals(column.table())) {
                    found.add(table);
                }
                continue;
            }
            TableVSchema known = planning.tables().source(table.name()).table();
            listed &= known != null && known.columnListAuthoritative();
            if (named.size() == 1 || (known != null && known.column(column.name()) != null)) {
                found.add(table);
            }
        }
        boolean sure = column.table() != null || single || listed;
        if (found.size() != 1 || !sure) {
            throw VtError.VT12001.with(
                    "UPDATE over several shards of column '" + column.name() + "' without the name of its table");
        }
        return found.get(0);
    }

    private TableExpr.Table target(TableName name) {
        List<TableExpr.Table> found = named.stream()
                .filter(table -> table.exposedName().equals(name.name()))
                .toList();
        if (found.size() != 1) {
            throw VtError.VT12001.with("DELETE over several shards of '" + name.name() + "', which is not one table");
        }
        return found.get(0);
    }

    private void refuse(String verb, String options, List<OrderItem> orderBy) {
        if (options.contains("ignore")) {
            throw VtError.VT12001.with(verb + " IGNORE of rows that several shards find");
        }
        for (OrderItem item : orderBy) {
            Functions functions = Functions.of(item.expr());
            if (item.expr() instanceof Literal
                    || item.expr() instanceof Expr.Bind
                    || !functions.queries().isEmpty()
                    || !functions.aggregates().isEmpty()
                    || !functions.windowed().isEmpty()) {
                throw VtError.VT12001.with(
                        verb + " over several shards with ORDER BY " + SqlPrinter.print(item.expr()));
            }
        }
    }

    /** In one table the values see what was set before them; in several MySQL leaves open which of them do. */
    private void refuseOperands(List<Assignment> assignments) {
        for (int i = 0; i < assignments.size(); i++) {
            Expr value = assignments.get(i).value();
            Functions functions = Functions.of(value);
            if (!functions.aggregates().isEmpty() || !functions.windowed().isEmpty()) {
                throw VtError.VT12001.with("aggregate in UPDATE over several shards");
            }
            TableExpr.Table table = target(assignments.get(i).column());
            if (single && isLocal(value, table)) {
                continue;
            }
            for (int other = 0; other < (single ? i : assignments.size()); other++) {
                Expr.Column set = assignments.get(other).column();
                if (other != i && mentions(value, set, target(set).exposedName())) {
                    throw VtError.VT12001.with("'" + set.name() + "' column referenced in update expression '"
                            + SqlPrinter.print(value) + "' is itself updated");
                }
            }
        }
    }

    private static boolean mentions(Expr value, Expr.Column set, String exposedName) {
        return columns(value).stream()
                .anyMatch(column -> column.name().equalsIgnoreCase(set.name())
                        && (column.table() == null || column.table().equals(exposedName)));
    }

    /** Whether the row alone tells the value. */
    private boolean isLocal(Expr value, TableExpr.Table table) {
        return Functions.of(value).queries().isEmpty()
                && columns(value).stream()
                        .allMatch(column -> single || table.exposedName().equals(column.table()));
    }

    /** All columns, also those in queries inside. */
    private static List<Expr.Column> columns(Expr value) {
        List<Expr.Column> columns = new ArrayList<>();
        new Walker() {
            @Override
            protected boolean enter(Node node) {
                if (node instanceof Expr.Column column) {
                    columns.add(column);
                }
                return true;
            }
        }.walk(Select.of(List.of(SelectItem.Item.of(value)), List.of(), null));
        return columns;
    }

    private InputTarget updated(Update update, TableExpr.Table table, int firstValue) {
        List<Assignment> assignments = new ArrayList<>();
        List<Expr> values = new ArrayList<>();
        for (Assignment assignment : update.assignments()) {
            if (target(assignment.column()) != table) {
                continue;
            }
            Expr value = assignment.value();
            if (!isLocal(value, table)) {
                value = new Expr.Bind(InputTarget.value(firstValue + values.size()), null);
                values.add(assignment.value());
            }
            assignments.add(new Assignment(assignment.column(), value));
        }
        return target(true, update.comments(), table, assignments, values, firstValue, update.orderBy());
    }

    private InputTarget target(
            boolean update,
            Comments comments,
            TableExpr.Table table,
            List<Assignment> assignments,
            List<Expr> values,
            int firstValue,
            List<OrderItem> orderBy) {
        TableVSchema known =
                Objects.requireNonNull(planning.tables().source(table.name()).table(), "a table that can be written");
        ColumnVindex primary = known.primaryVindex();
        return new InputTarget(
                update,
                comments,
                new TableExpr.Table(table.name(), List.of(), table.alias(), List.of()),
                known.keyspace(),
                known.name(),
                primary == null ? List.of() : primary.columns(),
                assignments,
                values,
                firstValue,
                orderBy);
    }

    private Primitive plan(
            List<InputTarget> targets,
            @Nullable Expr where,
            List<OrderItem> orderBy,
            @Nullable Limit limit,
            Comments comments) {
        Select rows = Select.of(List.of(), tables, where)
                .withComments(comments)
                .withOrderBy(orderBy)
                .withLimit(limit)
                .withLock("for update");
        InputRows input = new InputRows(rows, targets, GatherPlanner.hints(comments));
        Select query = input.query(targets.stream().map(InputTarget::shownKey).toList());
        Primitive found = new QueryPlanner(of(query)).plan(query);
        List<Primitive> writes = new ArrayList<>();
        for (InputTarget target : targets) {
            Statement write = target.write(target.shownKey(), 1);
            DmlPlanner planner = new DmlPlanner(of(write));
            writes.add(write instanceof Update update ? planner.pushed(update) : planner.pushed((Delete) write));
        }
        return new Primitive.InputWrite(input, limit != null, found, writes);
    }

    private Planning of(Statement statement) {
        return new Planning(planning.tables(), TableScan.of(statement, planning.tables()));
    }
}
