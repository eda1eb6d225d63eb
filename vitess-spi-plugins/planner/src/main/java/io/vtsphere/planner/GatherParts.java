package io.vtsphere.planner;

import java.util.List;

/**
 * How the query of a {@link Primitive.Gather} is answered when its rows are too large for one message to a tablet: those of one table are split, each
 * part is asked for with the rows of the other tables that it needs, and the parts' answers are put together as those of shards are.
 *
 * <p>Immutable and thread-safe.
 *
 * @param split the tables any one of which may be split: the query's answer is the sum of its answers over parts of their rows
 * @param route the query of one part, with placeholders like {@link Primitive.Gather#query()}
 * @param merge what makes the query's answer of the parts' answers: a tree over {@code route}
 */
public record GatherParts(List<Split> split, Primitive.Route route, Primitive merge) {
    public GatherParts {
        split = List.copyOf(split);
    }

    /**
     * A table that may be split.
     *
     * @param table its {@link GatheredTable#name()}
     * @param reductions which rows of other tables a part needs; the source of each is the table, or one that was reduced before
     */
    public record Split(String table, List<Reduction> reductions) {
        public Split {
            reductions = List.copyOf(reductions);
        }
    }

    /** Only rows of {@code table} matter whose {@code column} equals {@code sourceColumn} in a row of {@code source}; columns in lower case. */
    public record Reduction(String table, String column, String source, String sourceColumn) {}
}
