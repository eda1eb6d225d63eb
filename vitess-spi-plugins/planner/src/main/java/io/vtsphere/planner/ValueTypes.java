package io.vtsphere.planner;

import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.topo.ColumnVSchema;
import io.vtsphere.topo.ColumnVindex;
import io.vtsphere.topo.TableVSchema;
import io.vtsphere.vindex.Sequential;
import org.jspecify.annotations.Nullable;

/**
 * Whether a value leads a vindex to every row that MySQL finds equal to it.
 *
 * <p>MySQL converts before it compares: a number column equals {@code 2.0} where it is 2, a text column equals the number 5 where it is
 * {@code '5'} or {@code '05'}. For integers {@link ComparedValue} does the same; a number has no one text, so it must not choose shards where
 * the column is known to be text.
 */
final class ValueTypes {
    private ValueTypes() {}

    /**
     * Whether comparing the column with a value of that type finds only rows that a vindex on the column maps where it maps the value.
     *
     * @param type of the value; null when only the execution knows it
     */
    static boolean mapsLikeItCompares(ColumnId column, @Nullable SqlType type) {
        TableVSchema table = column.occurrence().table();
        if (type == null || table == null) {
            return true;
        }
        ColumnVSchema known = table.column(column.column());
        if (known != null && known.type() != SqlType.NULL_TYPE) {
            return fits(known.type(), type);
        }
        return true;
    }

    /** The value as the vindex needs it to find the rows of which the column equals it. */
    static RouteValue mapped(ColumnVindex vindex, ColumnId column, RouteValue value) {
        TableVSchema table = column.occurrence().table();
        ColumnVSchema known = table == null ? null : table.column(column.column());
        boolean integer = known != null && known.type().isIntegral() && known.type() != SqlType.YEAR;
        boolean bytes = vindex.columns().size() > 1 || !ComparedValue.knowsIntegers(vindex.vindex());
        return integer && bytes ? new RouteValue.OfInteger(value) : checked(column, value);
    }

    /** Whether the vindex has an order, and it is the column's: numbers by their value, bytes by theirs. */
    static boolean isOrderedBy(ColumnVindex vindex, ColumnId column) {
        TableVSchema table = column.occurrence().table();
        ColumnVSchema known = table == null ? null : table.column(column.column());
        SqlType type = known == null ? SqlType.NULL_TYPE : known.type();
        return vindex.vindex() instanceof Sequential
                && (ComparedValue.knowsIntegers(vindex.vindex())
                        ? type.isIntegral() || type == SqlType.NULL_TYPE
                        : type.isBinary() || type == SqlType.NULL_TYPE);
    }

    /** The value, marked where only the execution tells whether it is a number and the column is text. */
    static RouteValue checked(ColumnId column, RouteValue value) {
        boolean late = value instanceof RouteValue.Bind || value instanceof RouteValue.ListBind;
        TableVSchema table = column.occurrence().table();
        ColumnVSchema known = table == null ? null : table.column(column.column());
        boolean text = known != null && (known.type().isText() || known.type().isBinary());
        return late && text ? new RouteValue.OfText(value) : value;
    }

    private static boolean fits(SqlType column, SqlType value) {
        if (column.isIntegral()) {
            return value.isNumber() || value.isText() || value.isBinary() || isHex(value);
        }
        if (column.isText() || column.isBinary()) {
            return !value.isNumber();
        }
        return true;
    }

    private static boolean isHex(SqlType value) {
        return value == SqlType.HEXNUM || value == SqlType.HEXVAL || value == SqlType.BITNUM;
    }
}
