package io.vtsphere.planner;

import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.SelectItem;
import io.vtsphere.sql.ast.Window;
import io.vtsphere.sql.ast.Windowed;
import io.vtsphere.sql.ast.Windowing;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the rows that a query block gives on each shard are, taken together and without order, the rows that it gives on all data. */
final class Locality {
    private final Block block;
    private final Component component;

    Locality(Block block, Component component) {
        this.block = block;
        this.component = component;
    }

    /** Why the shards' rows are not the rows of the whole; null when they are. ORDER BY without LIMIT does not matter. */
    @Nullable
    String reason() {
        Select select = block.select();
        if (select.limit() != null) {
            return "LIMIT";
        }
        String grouping = groupingReason();
        if (grouping != null) {
            return grouping;
        }
        if (select.options().distinct() && !isDistinctByShard()) {
            return "DISTINCT";
        }
        return windowReason();
    }

    /** Why groups spread over shards; null when there are none, or each lies on one shard. */
    @Nullable
    String groupingReason() {
        Select select = block.select();
        boolean grouped = !select.groupBy().isEmpty();
        if (!grouped && Functions.ofResult(select).aggregates().isEmpty()) {
            return null;
        }
        if (grouped && !select.rollup()) {
            List<ColumnId> columns = new ArrayList<>();
            for (Expr expr : select.groupBy()) {
                ColumnId column = block.column(block.grouping(expr));
                if (column != null) {
                    columns.add(column);
                }
            }
            if (component.isKeptTogetherBy(columns, block.facts())) {
                return null;
            }
        }
        return grouped ? "GROUP BY" : "aggregation";
    }

    /** Whether equal rows of the result lie on one shard. */
    boolean isDistinctByShard() {
        List<ColumnId> columns = new ArrayList<>();
        for (SelectItem item : block.select().items()) {
            ColumnId column = block.output(item);
            if (column != null) {
                columns.add(column);
            }
        }
        return component.isKeptTogetherBy(columns, block.facts());
    }

    /** Why a window spreads over shards; null when there is none, or each partition lies on one shard. */
    @Nullable
    String windowReason() {
        for (Windowed windowed : Functions.ofResult(block.select()).windowed()) {
            Windowing window = windowed.window() != null ? windowed.window() : named(windowed.name());
            if (window == null || !isPartitionedByShard(window)) {
                return "window functions";
            }
        }
        return null;
    }

    private boolean isPartitionedByShard(Windowing window) {
        List<ColumnId> columns = new ArrayList<>();
        for (Expr expr : window.partitionBy()) {
            ColumnId column = block.column(expr);
            if (column != null) {
                columns.add(column);
            }
        }
        if (component.isKeptTogetherBy(columns, block.facts())) {
            return true;
        }
        Windowing base = window.base() == null ? null : named(window.base());
        return base != null && isPartitionedByShard(base);
    }

    private @Nullable Windowing named(@Nullable String name) {
        for (Window window : block.select().windows()) {
            if (window.name().equalsIgnoreCase(name)) {
                return window.windowing();
            }
        }
        return null;
    }
}
