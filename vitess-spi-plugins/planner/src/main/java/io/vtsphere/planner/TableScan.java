package io.vtsphere.planner;

import io.vtsphere.sql.ast.Statement;
import io.vtsphere.sql.ast.TableName;
import io.vtsphere.topo.TableVSchema;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What kinds of tables a statement names anywhere, and in which keyspaces they are. */
final class TableScan extends CteNames {
    private final Tables tables;
    private final Set<TableSource.Kind> kinds = EnumSet.noneOf(TableSource.Kind.class);
    private final Set<String> keyspaces = new TreeSet<>();
    private final List<TableVSchema> found = new ArrayList<>();

    private TableScan(Tables tables) {
        this.tables = tables;
    }

    static TableScan of(Statement statement, Tables tables) {
        TableScan scan = new TableScan(tables);
        scan.statement(statement);
        return scan;
    }

    /** Whether the statement reads or writes tables other than dual. */
    boolean touchesData() {
        return kinds.stream().anyMatch(kind -> kind != TableSource.Kind.DUAL);
    }

    boolean hasOnly(TableSource.Kind... allowed) {
        return List.of(allowed).containsAll(kinds);
    }

    boolean has(TableSource.Kind kind) {
        return kinds.contains(kind);
    }

    /** The keyspaces of the tables, sorted; MySQL's own schemas are none. */
    Set<String> keyspaces() {
        return keyspaces;
    }

    /** The tables that the VSchema knows, in the order of the text. */
    List<TableVSchema> found() {
        return found;
    }

    @Override
    public TableName tableName(TableName name) {
        if (!isCte(name)) {
            TableSource source = tables.source(name);
            kinds.add(source.kind());
            if (source.table() != null) {
                keyspaces.add(source.table().keyspace());
                found.add(source.table());
            }
        }
        return name;
    }
}
