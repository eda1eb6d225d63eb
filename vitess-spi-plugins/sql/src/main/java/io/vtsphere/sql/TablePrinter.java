package io.vtsphere.sql;

import io.vtsphere.sql.ast.IndexHint;
import io.vtsphere.sql.ast.TableExpr;
import io.vtsphere.sql.ast.TableExprVisitor;

/** Prints table expressions; a join on the right side of a join is in parentheses. */
final class TablePrinter implements TableExprVisitor<Printing> {
    private final Printing to;

    TablePrinter(Printing to) {
        this.to = to;
    }

    @Override
    public Printing table(TableExpr.Table table) {
        to.tableName(table.name()).nameList(" partition ", table.partitions());
        String alias = table.alias();
        if (alias != null) {
            to.add(" as ").name(alias);
        }
        for (IndexHint hint : table.hints()) {
            to.add(" ").add(hint.action()).add(hint.vindex() ? " vindex " : " index ");
            to.add(hint.scope().isEmpty() ? "" : "for " + hint.scope() + " ");
            to.add("(");
            String separator = "";
            for (String name : hint.names()) {
                to.add(separator).name(name);
                separator = ", ";
            }
            to.add(")");
        }
        return to;
    }

    @Override
    public Printing derived(TableExpr.Derived derived) {
        to.add(derived.lateral() ? "lateral (" : "(")
                .query(derived.query())
                .add(") as ")
                .name(derived.alias());
        return to.nameList("", derived.columns());
    }

    @Override
    public Printing join(TableExpr.Join join) {
        to.table(join.left()).add(" ").add(join.kind().text()).add(" ");
        if (join.right() instanceof TableExpr.Join) {
            to.add("(").table(join.right()).add(")");
        } else {
            to.table(join.right());
        }
        return to.optional(" on ", join.on()).nameList(" using ", join.using());
    }

    @Override
    public Printing group(TableExpr.Group group) {
        return to.add("(").tables(group.tables()).add(")");
    }

    @Override
    public Printing jsonTable(TableExpr.JsonTable table) {
        to.add("json_table(")
                .expr(table.document())
                .add(", ")
                .expr(table.path())
                .add(" columns(");
        return to.text(table.columns()).add(")) as ").name(table.alias());
    }
}
