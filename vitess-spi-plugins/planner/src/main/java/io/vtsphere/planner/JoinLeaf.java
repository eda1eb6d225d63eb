package io.vtsphere.planner;

import io.vtsphere.sql.ast.TableExpr;
import org.jspecify.annotations.Nullable;

/** A table or derived table of a block that may be joined in the gate. Identity counts: {@code t a, t b} are two. */
final class JoinLeaf {
    private final TableExpr expr;
    private final String name;
    private final @Nullable Occurrence occurrence;

    /** @param occurrence null for a derived table */
    JoinLeaf(TableExpr expr, String name, @Nullable Occurrence occurrence) {
        this.expr = expr;
        this.name = name;
        this.occurrence = occurrence;
    }

    TableExpr expr() {
        return expr;
    }

    /** The name that qualifies its columns. */
    String name() {
        return name;
    }

    @Nullable
    Occurrence occurrence() {
        return occurrence;
    }

    boolean isIn(@Nullable String keyspace) {
        return keyspace == null
                || (occurrence != null
                        && occurrence.table() != null
                        && occurrence.table().keyspace().equals(keyspace));
    }

    boolean listsAllColumns() {
        return occurrence != null && occurrence.listsAllColumns();
    }

    boolean knows(String column) {
        return occurrence != null && occurrence.knows(column);
    }
}
