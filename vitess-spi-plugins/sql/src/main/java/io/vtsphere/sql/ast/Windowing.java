package io.vtsphere.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands between the parentheses of a window: {@code [base] [PARTITION BY …] [ORDER BY …] [frame]}. */
public record Windowing(
        @Nullable String base,
        List<Expr> partitionBy,
        List<OrderItem> orderBy,
        @Nullable Frame frame) implements Node {
    public Windowing {
        partitionBy = List.copyOf(partitionBy);
        orderBy = List.copyOf(orderBy);
    }

    /**
     * {@code ROWS|RANGE start} or {@code ROWS|RANGE BETWEEN start AND end}.
     *
     * @param unit {@code rows}, {@code range} or {@code groups}
     */
    public record Frame(String unit, Bound start, @Nullable Bound end) {}

    /** One edge of a frame; the offset is there for {@link BoundKind#PRECEDING} and {@link BoundKind#FOLLOWING} only. */
    public record Bound(BoundKind kind, @Nullable Expr offset) {}

    /** The kinds of frame edges. */
    public enum BoundKind {
        CURRENT_ROW("current row"),
        UNBOUNDED_PRECEDING("unbounded preceding"),
        UNBOUNDED_FOLLOWING("unbounded following"),
        PRECEDING("preceding"),
        FOLLOWING("following");

        private final String text;

        BoundKind(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }
}
