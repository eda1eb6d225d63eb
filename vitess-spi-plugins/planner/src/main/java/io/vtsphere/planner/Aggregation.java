package io.vtsphere.planner;

/**
 * One aggregate over the partial results of the shards; its result replaces the value at {@link #column()}.
 *
 * @param op what is done with the partial results
 * @param column the offset of the partial result in the row, from 0
 * @param second for MIN and MAX the offset of the value's weight string, which the result's replaces there, for AVG that of the partial count; otherwise, and where the column
 *     is known to be no text, {@link OrderKey#NONE}
 * @param alias the name of the result column
 */
public record Aggregation(Op op, int column, int second, String alias) {
    /** What merges the partial results; {@code toString} is the name that {@code VEXPLAIN PLAN} prints. */
    public enum Op {
        /** Sum of the partial {@code count(*)}: INT64, 0 without rows. */
        COUNT_STAR("sum_count_star"),
        /** Sum of the partial {@code count(x)}: INT64, 0 without rows. */
        COUNT("sum_count"),
        /** Sum of the partial sums that are not NULL; NULL where all are. Exact for DECIMAL, in the partial results' type. */
        SUM("sum"),
        MIN("min"),
        MAX("max"),
        /** Sum of the partial sums divided by the sum of the partial counts, with MySQL's result scale (the sum's scale + 4). */
        AVG("avg"),
        /** Any of the values. */
        ANY_VALUE("any_value");

        private final String title;

        Op(String title) {
            this.title = title;
        }

        @Override
        public String toString() {
            return title;
        }
    }

    /** As {@code VEXPLAIN PLAN} prints it: {@code sum_count_star(1) AS count(*)}. */
    @Override
    public String toString() {
        String argument =
                second == OrderKey.NONE || op == Op.AVG ? Integer.toString(column) : "(" + column + "|" + second + ")";
        return op + (argument.startsWith("(") ? argument : "(" + argument + ")") + " AS " + alias;
    }
}
