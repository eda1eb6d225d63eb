package io.vtsphere.planner;

import io.vtsphere.sql.SqlPrinter;
import io.vtsphere.sql.ast.Assignment;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Insert;
import io.vtsphere.sql.ast.InsertSource;
import io.vtsphere.sql.ast.Query;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.SelectItem;
import io.vtsphere.sql.ast.Statement;
import io.vtsphere.topo.ColumnVindex;
import io.vtsphere.topo.TableVSchema;
import io.vtsphere.vterrors.State;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** INSERT and REPLACE: each row to its shard, with values from a sequence where the VSchema says so. */
final class InsertPlanner {
    private final Planning planning;
    private final Insert insert;

    InsertPlanner(Planning planning, Insert insert) {
        this.planning = planning;
        this.insert = insert;
    }

    Primitive plan() {
        TableSource source = planning.tables().source(insert.table());
        TableVSchema table = source.table();
        if (table == null) {
            throw VtError.VT12001.with("INSERT into MySQL's own tables");
        }
        switch (source.kind()) {
            case UNSHARDED:
                return whole(table, Routing.of(Opcode.UNSHARDED, table.keyspace(), false));
            case REFERENCE:
                return reference(table);
            case SHARDED:
                return sharded(table);
            default:
                throw VtError.VT09001.with(table.name());
        }
    }

    private Primitive reference(TableVSchema table) {
        if (!(insert.source() instanceof InsertSource.Rows)) {
            throw VtError.VT12001.with("INSERT … SELECT into a reference table");
        }
        return whole(table, Routing.of(Opcode.REFERENCE, table.keyspace(), true));
    }

    /** All rows go together. */
    private Primitive whole(TableVSchema table, Routing routing) {
        Set<String> keyspaces = planning.scan().keyspaces();
        if (keyspaces.size() > 1
                || !planning.scan()
                        .hasOnly(TableSource.Kind.UNSHARDED, TableSource.Kind.REFERENCE, TableSource.Kind.DUAL)) {
            if (insert.source() instanceof InsertSource.FromQuery from) {
                return fromElsewhere(from.query(), table, false);
            }
            InsertSource.Rows rows = (InsertSource.Rows) insert.source();
            refuseSubqueriesOnDuplicate();
            if (hasSubqueries(rows)) {
                return withValues(rows);
            }
            throw VtError.VT12001.with("INSERT over tables of several keyspaces or shards: "
                    + String.join(", ", planning.tables().used()));
        }
        if (!(insert.source() instanceof InsertSource.Rows rows)) {
            if (table.autoIncrement() != null && insert.source() instanceof InsertSource.FromQuery from) {
                return fromElsewhere(from.query(), table, false);
            }
            return together(routing, planning.text().print(insert), null, table);
        }
        InsertRows values = table.autoIncrement() == null ? null : InsertRows.of(insert, rows, table);
        Primitive.Generate generate = values == null ? null : values.generate(table);
        Insert sent = values == null ? insert : values.insert().withSource(values.rows());
        return together(routing, planning.text().print(sent), generate, table);
    }

    private Primitive together(
            Routing routing, QueryText text, Primitive.@Nullable Generate generate, TableVSchema table) {
        return new Primitive.Insert(
                routing,
                text,
                "",
                List.of(),
                "",
                List.of(),
                generate,
                isIgnoring(),
                insert.replace(),
                table.toString());
    }

    private Primitive sharded(TableVSchema table) {
        if (insert.replace()) {
            throw VtError.VT12001.with("REPLACE INTO with sharded keyspace");
        }
        ColumnVindex primary = table.primaryVindex();
        if (primary == null) {
            throw VtError.VT09001.with(table.name());
        }
        LookupInserts.refuse(insert, table, primary);
        refuseVindexUpdate(table);
        if (insert.source() instanceof InsertSource.FromQuery from) {
            return fromElsewhere(from.query(), table, true);
        }
        InsertSource.Rows rows = (InsertSource.Rows) insert.source();
        refuseSubqueriesOnDuplicate();
        if (hasSubqueries(rows)) {
            return withValues(rows);
        }
        InsertRows values = InsertRows.of(insert, rows, table);
        Primitive.Generate generate = table.autoIncrement() == null ? null : values.generate(table);
        Primitive.VindexRows vindexRows = values.vindex(primary);
        Routing routing = Routing.byVindex(Opcode.EQUAL_UNIQUE, table.keyspace(), primary.vindex(), List.of());
        List<Primitive.VindexRows> vindexes = new ArrayList<>(List.of(vindexRows));
        table.owned().forEach(owned -> vindexes.add(values.vindex(owned)));
        return split(routing, values, vindexes, generate, table);
    }

    /** Source: Vitess' {@code go/vt/vtgate/planbuilder/operators/insert.go}, which locks what is read, too. */
    private Primitive fromElsewhere(Query query, TableVSchema table, boolean sharded) {
        if (!insert.onDuplicate().isEmpty()) {
            throw VtError.VT12001.with("ON DUPLICATE KEY UPDATE of INSERT … SELECT between shards");
        }
        QueryPlanner queries =
                new QueryPlanner(new Planning(planning.tables(), TableScan.of(query, planning.tables())));
        return new Primitive.InsertSelect(insert, table.keyspace(), sharded, input(query, queries));
    }

    private static Primitive input(Query query, QueryPlanner queries) {
        if (!(query instanceof Select) || !query.lock().isEmpty()) {
            return queries.plan(query);
        }
        try {
            return queries.plan(query.withLock("lock in share mode"));
        } catch (VtException refusal) {
            if (refusal.state() != State.NOT_SUPPORTED_YET) {
                throw refusal;
            }
            return queries.plan(query);
        }
    }

    private void refuseVindexUpdate(TableVSchema table) {
        for (Assignment assignment : insert.onDuplicate()) {
            String column = assignment.column().name();
            boolean same = assignment.value() instanceof Expr.InsertValue value
                    && value.column().name().equalsIgnoreCase(column);
            boolean routes = table.columnVindexes().stream()
                    .anyMatch(vindex -> vindex.columns().stream().anyMatch(column::equalsIgnoreCase));
            if (routes && !same) {
                throw VtError.VT12001.with("DML cannot update vindex column");
            }
        }
    }

    private static boolean hasSubqueries(InsertSource.Rows rows) {
        return rows.rows().stream().anyMatch(row -> !Functions.of(row).queries().isEmpty());
    }

    private void refuseSubqueriesOnDuplicate() {
        boolean found = insert.onDuplicate().stream()
                .anyMatch(assignment ->
                        !Functions.of(assignment.value()).queries().isEmpty());
        if (found) {
            throw VtError.VT12001.with("subquery in ON DUPLICATE KEY UPDATE over several shards");
        }
    }

    /** Values with subqueries are computed first, by a query of one row. */
    private Primitive withValues(InsertSource.Rows rows) {
        List<String> names = new ArrayList<>();
        List<SelectItem> items = new ArrayList<>();
        List<Expr.Tuple> bound = new ArrayList<>();
        for (Expr.Tuple row : rows.rows()) {
            List<Expr> cells = new ArrayList<>();
            for (Expr cell : row.elements()) {
                Functions functions = Functions.of(cell);
                if (functions.queries().isEmpty()) {
                    cells.add(cell);
                    continue;
                }
                if (functions.hasColumns() || !functions.aggregates().isEmpty()) {
                    throw VtError.VT12001.with("column beside a subquery in a value of INSERT over several shards");
                }
                String name = "__insert_value" + names.size();
                names.add(name);
                items.add(SelectItem.Item.of(cell, name));
                cells.add(new Expr.Bind(name, null));
            }
            bound.add(new Expr.Tuple(cells));
        }
        Select query = Select.of(items, List.of(), null).withComments(insert.comments());
        Insert rest = insert.withSource(new InsertSource.Rows(bound));
        Primitive statement = new InsertPlanner(new Planning(planning.tables(), scan(rest)), rest).plan();
        Planning values = new Planning(planning.tables(), scan(query));
        return new Primitive.WithValues(names, new QueryPlanner(values).plan(query), statement);
    }

    private TableScan scan(Statement statement) {
        return TableScan.of(statement, planning.tables());
    }

    private boolean isIgnoring() {
        return insert.ignore() || !insert.onDuplicate().isEmpty();
    }

    /** Prints the rows one by one, for each shard to get its own. */
    private Primitive split(
            Routing routing,
            InsertRows values,
            List<Primitive.VindexRows> vindexes,
            Primitive.@Nullable Generate generate,
            TableVSchema table) {
        InsertSource.Rows rows = values.rows();
        QueryText query = planning.text().print(values.insert().withSource(rows));
        List<String> texts = new ArrayList<>();
        for (Expr.Tuple row : rows.rows()) {
            texts.add(SqlPrinter.printWithTypes(planning.text().expr(row)));
        }
        String joined = String.join(", ", texts);
        int start = query.sql().indexOf(joined);
        if (start < 0) {
            throw new IllegalStateException("rows of an INSERT are not printed one after the other");
        }
        return new Primitive.Insert(
                routing,
                query,
                query.sql().substring(0, start),
                texts,
                query.sql().substring(start + joined.length()),
                vindexes,
                generate,
                isIgnoring(),
                insert.replace(),
                table.toString());
    }
}
