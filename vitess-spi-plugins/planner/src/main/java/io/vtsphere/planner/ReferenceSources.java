package io.vtsphere.planner;

import io.vtsphere.sql.ast.Delete;
import io.vtsphere.sql.ast.Insert;
import io.vtsphere.sql.ast.Statement;
import io.vtsphere.sql.ast.TableExpr;
import io.vtsphere.sql.ast.TableName;
import io.vtsphere.sql.ast.Update;
import io.vtsphere.topo.TableVSchema;
import java.util.List;

/** Sends what is written to a copy of a reference table to the table that it copies. */
final class ReferenceSources {
    private final Tables tables;

    ReferenceSources(Tables tables) {
        this.tables = tables;
    }

    /** The statement with the table that it changes replaced; the statement itself where that is no copy, or where it joins tables. */
    Statement redirect(Statement statement) {
        if (statement instanceof Insert insert) {
            return insert.withTable(source(insert.table()));
        }
        if (statement instanceof Update update && update.with() == null) {
            return update.withTables(redirect(update.tables()));
        }
        if (statement instanceof Delete delete && delete.with() == null) {
            return delete.withTables(redirect(delete.tables()));
        }
        return statement;
    }

    private List<TableExpr> redirect(List<TableExpr> from) {
        if (from.size() != 1 || !(from.get(0) instanceof TableExpr.Table table)) {
            return from;
        }
        TableName source = source(table.name());
        if (source.equals(table.name())) {
            return from;
        }
        String exposed = table.exposedName();
        String alias = exposed.equals(source.name()) ? null : exposed;
        return List.of(new TableExpr.Table(source, table.partitions(), alias, table.hints()));
    }

    private TableName source(TableName name) {
        TableVSchema table = tables.source(name).table();
        if (table == null || table.source() == null || !table.sharded()) {
            return name;
        }
        return new TableName(table.source().keyspace(), table.source().name());
    }
}
