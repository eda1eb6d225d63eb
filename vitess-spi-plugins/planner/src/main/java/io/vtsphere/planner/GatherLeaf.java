package io.vtsphere.planner;

import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.TableExpr;
import io.vtsphere.topo.TableVSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** One occurrence of a table whose rows are to be gathered, and what the query says of them. Used while one statement is planned. */
final class GatherLeaf {
    private final String name;
    private final TableExpr.Table expr;
    private final TableSource source;
    private final TableVSchema table;
    private final Occurrence occurrence;
    private final Scope scope;
    private final Set<String> columns = new TreeSet<>();
    private final List<Expr> conditions = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private final boolean outermost;
    private boolean allColumns;

    /** An equality that every row which matters fulfils with some row of another table. */
    record Link(Expr.Column column, ColumnId id, GatherLeaf source, String sourceColumn) {}

    GatherLeaf(
            String name,
            TableExpr.Table expr,
            TableSource source,
            TableVSchema table,
            Occurrence occurrence,
            Scope scope,
            boolean outermost) {
        this.name = name;
        this.expr = expr;
        this.source = source;
        this.table = table;
        this.occurrence = occurrence;
        this.scope = scope;
        this.outermost = outermost;
    }

    String name() {
        return name;
    }

    TableExpr.Table expr() {
        return expr;
    }

    TableSource source() {
        return source;
    }

    TableVSchema table() {
        return table;
    }

    Occurrence occurrence() {
        return occurrence;
    }

    /** Whether it stands in the FROM of the whole query, whose lock then means its rows. */
    boolean outermost() {
        return outermost;
    }

    Scope scope() {
        return scope;
    }

    /** Conditions on its columns alone. */
    List<Expr> conditions() {
        return conditions;
    }

    List<Link> links() {
        return links;
    }

    /** The query may mean its column of that name. */
    void needs(String column) {
        columns.add(column.toLowerCase(Locale.ROOT));
    }

    void needsAllColumns() {
        allColumns = true;
    }

    boolean allColumns() {
        return allColumns;
    }

    Set<String> columns() {
        return columns;
    }
}
