package io.vtsphere.planner;

import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Query;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tables that column names of one query block can mean, and behind them those of the blocks around it. Used while one statement is planned. */
final class Scope {
    private final @Nullable Scope outer;
    private final boolean seesOuterColumns;
    private final List<Occurrence> tables = new ArrayList<>();
    private final Map<String, Cte> ctes = new HashMap<>();

    /** A common table expression and the scope that its query sees. */
    record Cte(Query query, List<String> columns, Scope scope) {}

    private Scope(@Nullable Scope outer, boolean seesOuterColumns) {
        this.outer = outer;
        this.seesOuterColumns = seesOuterColumns;
    }

    /** The scope of a query in an expression: it sees the columns around it. */
    static Scope within(@Nullable Scope outer) {
        return new Scope(outer, true);
    }

    /** The scope of a derived table or common table expression: of what is around it, it sees common table expressions only. */
    static Scope isolated(@Nullable Scope outer) {
        return new Scope(outer, false);
    }

    void add(Occurrence occurrence) {
        tables.add(occurrence);
    }

    List<Occurrence> tables() {
        return tables;
    }

    void define(String name, Cte cte) {
        ctes.put(name, cte);
    }

    /** A scope with the common table expressions known so far, for the query of a further one. */
    Scope copyOfCtes() {
        Scope copy = isolated(outer);
        copy.ctes.putAll(ctes);
        return copy;
    }

    /** The common table expression that an unqualified table name means, or null. */
    @Nullable
    Cte cte(String name) {
        Cte found = ctes.get(name);
        return found != null || outer == null ? found : outer.cte(name);
    }

    /** The column that is meant; null when that cannot be told from the VSchema. */
    @Nullable
    ColumnId resolve(Expr.Column column) {
        return column.table() == null ? unqualified(column.name()) : qualified(column);
    }

    private @Nullable ColumnId qualified(Expr.Column column) {
        Occurrence found = null;
        for (Occurrence occurrence : tables) {
            if (occurrence.exposedName().equals(column.table()) && isIn(occurrence, column.keyspace())) {
                if (found != null) {
                    return null;
                }
                found = occurrence;
            }
        }
        if (found != null) {
            return found.column(column.name());
        }
        return outer == null || !seesOuterColumns ? null : outer.qualified(column);
    }

    private static boolean isIn(Occurrence occurrence, @Nullable String keyspace) {
        return keyspace == null
                || (occurrence.table() != null && occurrence.table().keyspace().equals(keyspace));
    }

    private @Nullable ColumnId unqualified(String name) {
        Occurrence known = null;
        boolean complete = true;
        for (Occurrence occurrence : tables) {
            if (occurrence.knows(name)) {
                if (known != null) {
                    return null;
                }
                known = occurrence;
            }
            complete &= occurrence.listsAllColumns();
        }
        if (known != null) {
            return known.column(name);
        }
        if (complete) {
            return outer == null || !seesOuterColumns ? null : outer.unqualified(name);
        }
        return (outer == null || !seesOuterColumns) && tables.size() == 1
                ? tables.get(0).column(name)
                : null;
    }
}
