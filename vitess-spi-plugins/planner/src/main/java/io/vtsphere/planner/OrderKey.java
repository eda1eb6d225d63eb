package io.vtsphere.planner;

/**
 * One column by which rows are merged, grouped, sorted or told apart.
 *
 * <p>Where the values of the column are text, they compare by the bytes of the weight string beside them: that is the order and the equality
 * of the column's collation. Without a weight string the column must turn out not to be text, else the query is refused. NULL sorts before
 * every value when ascending.
 *
 * @param column the offset of the value in the row, from 0; negative offsets count from the end of the row: {@code -1} is the last column,
 *     {@code -2} the one before it
 * @param weightColumn the offset of {@code weight_string(value)} in the row, counted like {@code column}; {@link #NONE} where there is none
 * @param descending whether greater values come first; false where only equality matters
 */
public record OrderKey(int column, int weightColumn, boolean descending) {
    /** No weight string. */
    public static final int NONE = Integer.MIN_VALUE;

    /** The offset in a row of that many columns. */
    public static int at(int offset, int columns) {
        return offset < 0 ? columns + offset : offset;
    }

    /** As {@code VEXPLAIN PLAN} prints it: {@code (0|2)} or {@code 0}. */
    public String columns() {
        return weightColumn == NONE ? Integer.toString(column) : "(" + column + "|" + weightColumn + ")";
    }

    @Override
    public String toString() {
        return columns() + (descending ? " DESC" : " ASC");
    }
}
