package io.vtsphere.planner;

/**
 * One column by which rows are merged, grouped, sorted or told apart.
 *
 * <p>Where the values of the column are text, they compare by the bytes of the weight string beside them: that is the order and the equality
 * of the column's collation. Without a weight string the column must turn out not to be text, else the query is refused. NULL sorts before
 * every value when ascending.
 *
 * <p>Collations that pad (all but {@code binary} and the {@code _0900_} ones) compare {@code 'a'} and {@code 'a '} as equal although their
 * weight strings differ: there, when one weight string is the beginning of the other, the shorter one goes on with the weight of a space.
 * As MySQL 8.0.15 answers {@code hex(weight_string(' '))}, that is {@code 20} for one-byte character sets, {@code 0020} for {@code
 * _general_ci} and {@code _bin} of utf8mb3 and ucs2 and {@code _general_ci} of utf8mb4, {@code 000020} for utf8mb4_bin, {@code 0209} for
 * {@code _unicode_ci} and the language collations, {@code 020A} for {@code _unicode_520_ci}. ENUM and SET sort by their number, which no
 * weight string tells: several shards' rows cannot be merged by such a column.
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
