package io.vtsphere.executor.rows;

import com.google.protobuf.ByteString;
import io.vitess.proto.Query;
import io.vtsphere.planner.OrderKey;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.vterrors.VtError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns one column of a row into a value whose Java order is MySQL's order of the column.
 *
 * <p>Text is compared by the weight string that its tablet computed, everything else by its decoded value. A type whose order is known to
 * neither is refused when a value of it is met. Immutable and thread-safe.
 */
final class SortKey {
    /** The collation id of bytes. */
    private static final int BINARY = 63;

    private final int column;
    private final int weightColumn;
    private final SqlType type;
    private final boolean text;
    /** MySQL shows six digits of a FLOAT: values that look equal need not be. The greatest and the least look right all the same. */
    private final boolean rounded;

    private final String name;

    private SortKey(int column, int weightColumn, SqlType type, boolean text, boolean rounded, String name) {
        this.column = column;
        this.weightColumn = weightColumn;
        this.type = type;
        this.text = text;
        this.rounded = rounded;
        this.name = name;
    }

    static SortKey of(OrderKey key, List<Query.Field> fields) {
        SortKey read = of(key.column(), key.weightColumn(), fields);
        boolean rounded = read.type == SqlType.FLOAT32;
        return rounded ? new SortKey(read.column, read.weightColumn, read.type, read.text, true, read.name) : read;
    }

    /** Offsets as {@link OrderKey} has them. */
    static SortKey of(int offset, int weightOffset, List<Query.Field> fields) {
        int column = OrderKey.at(offset, fields.size());
        int weightColumn = weightOffset == OrderKey.NONE ? -1 : OrderKey.at(weightOffset, fields.size());
        Query.Field field = fields.get(column);
        SqlType type = SqlType.ofNumber(field.getTypeValue());
        if (type == null) {
            throw refused(field.getName(), "type " + field.getTypeValue());
        }
        // Tablets give text of a _bin collation the type of bytes; only its character set tells it from them.
        boolean text = type.isText() || (type.isBinary() && field.getCharset() != BINARY && field.getCharset() != 0);
        return new SortKey(column, weightColumn, type, text, false, field.getName());
    }

    /**
     * The comparable form of the row's value; null for SQL NULL. Keys of one {@code SortKey} compare with each other.
     *
     * @throws io.vtsphere.vterrors.VtException VT12001 for a type whose order is not known
     */
    @Nullable
    Comparable<?> read(Query.Row row) {
        ByteString value = Cells.get(row, column);
        if (value == null) {
            return null;
        }
        // Only text has its order in the weight string; that of ENUM, SET and JSON is another one.
        if (weightColumn >= 0 && text) {
            ByteString weight = Cells.get(row, weightColumn);
            if (weight != null) {
                return new CollationKey(weight, value, name);
            }
        }
        return decode(value);
    }

    private Comparable<?> decode(ByteString value) {
        if (text || rounded) {
            throw refused(name, type.toString());
        }
        switch (type) {
            case DECIMAL:
                return Numbers.decimal(value).stripTrailingZeros();
            case TIME:
                return microseconds(value.toString(StandardCharsets.US_ASCII));
            case DATE:
            case DATETIME:
            case TIMESTAMP:
            case BIT:
            case BINARY:
            case VARBINARY:
            case BLOB:
                return new ByteOrder(value);
            default:
                break;
        }
        if (type.isSigned()) {
            return Numbers.signed(value);
        }
        if (type.isUnsigned()) {
            return Numbers.unsigned(value) ^ Long.MIN_VALUE;
        }
        if (type.isFloat()) {
            // Adding zero makes -0 equal to 0, which Double's order tells apart.
            return Numbers.floating(value) + 0.0;
        }
        throw refused(name, type.toString());
    }

    private static RuntimeException refused(String column, String type) {
        return VtError.VT12001.with("comparing values of column '" + column + "' (" + type + ") of several shards");
    }

    /** {@code [-]H+:MM:SS[.ffffff]}. */
    private static long microseconds(String time) {
        boolean negative = time.startsWith("-");
        String[] parts = time.substring(negative ? 1 : 0).split(":", -1);
        int dot = parts[2].indexOf('.');
        String fraction = dot < 0 ? "" : parts[2].substring(dot + 1);
        long seconds = Long.parseLong(parts[0]) * 3600
                + Long.parseLong(parts[1]) * 60
                + Long.parseLong(dot < 0 ? parts[2] : parts[2].substring(0, dot));
        long micros = seconds * 1_000_000 + Long.parseLong((fraction + "000000").substring(0, 6));
        return negative ? -micros : micros;
    }

    /** Bytes in unsigned order, a prefix before what it begins. */
    private record ByteOrder(ByteString bytes) implements Comparable<ByteOrder> {
        @Override
        public int compareTo(ByteOrder other) {
            return ByteString.unsignedLexicographicalComparator().compare(bytes, other.bytes);
        }
    }
}
