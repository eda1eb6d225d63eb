package io.vtsphere.planner;

import io.vtsphere.sql.ast.Expr;
import java.util.List;

/** A condition on columns, other than equality, by which a vindex may find shards. */
sealed interface Restriction {
    /**
     * {@code column IN (values)}.
     *
     * @param node the condition in the tree, for its list to be replaced by each shard's own values
     */
    record In(ColumnId column, RouteValue list, Expr.In node) implements Restriction {}

    /**
     * {@code (a, b) IN ((1, 2), (3, 4))}.
     *
     * @param lists for each column its values, row by row
     */
    record TupleIn(List<ColumnId> columns, List<RouteValue.Tuple> lists) implements Restriction {}

    record Between(ColumnId column, RouteValue low, RouteValue high) implements Restriction {}

    record Like(ColumnId column, RouteValue pattern) implements Restriction {}

    record IsNull(ColumnId column) implements Restriction {}
}
