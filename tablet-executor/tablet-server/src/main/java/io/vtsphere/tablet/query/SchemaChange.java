package io.vtsphere.tablet.query;

import io.vtsphere.sql.SqlParser;
import io.vtsphere.sql.ast.Ddl;
import io.vtsphere.sql.ast.Statement;
import io.vtsphere.vterrors.VtException;
import java.util.HashSet;
import java.util.Set;

/** The tables and views that a DDL makes, changes or drops, without their database. Immutable. */
public record SchemaChange(Set<String> tables, Set<String> views) {
    private static final SchemaChange NONE = new SchemaChange(Set.of(), Set.of());

    public SchemaChange {
        tables = Set.copyOf(tables);
        views = Set.copyOf(views);
    }

    /** Of a statement that only MySQL understands, nothing is known. */
    static SchemaChange of(String sql) {
        Statement statement;
        try {
            statement = SqlParser.parse(sql);
        } catch (VtException e) {
            // MySQL has taken it all the same
            return NONE;
        }
        if (!(statement instanceof Ddl ddl)) {
            return NONE;
        }
        Set<String> names = new HashSet<>();
        for (Ddl.Name name : ddl.names()) {
            if (!name.reference()) {
                names.add(name.table().name());
            }
        }
        return switch (ddl.object()) {
            case TABLE, INDEX -> new SchemaChange(names, Set.of());
            case VIEW -> new SchemaChange(Set.of(), names);
            default -> NONE;
        };
    }

    public boolean isEmpty() {
        return tables.isEmpty() && views.isEmpty();
    }
}
