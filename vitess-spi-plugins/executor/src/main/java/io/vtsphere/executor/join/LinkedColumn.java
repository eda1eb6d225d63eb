package io.vtsphere.executor.join;

import com.google.protobuf.ByteString;
import io.vitess.proto.Query;
import io.vtsphere.executor.rows.Cells;
import io.vtsphere.executor.rows.Numbers;
import io.vtsphere.planner.JoinColumn;
import io.vtsphere.planner.OrderKey;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The column of one side by which rows go together. Only of types of which it is certain that values are equal for MySQL just where their keys
 * here are equal, and where {@code IN} finds what {@code =} finds.
 *
 * <p>Confined to one execution: it learns a text's collation from the rows.
 */
public final class LinkedColumn {
    private enum Kind {
        INTEGER,
        DECIMAL,
        DATE,
        DATETIME,
        BYTES,
        FIXED_BYTES,
        TEXT
    }

    /** The collation id of bytes. */
    private static final int BINARY = 63;

    /** Decimal digits that always fit into a long. */
    private static final int SAFE_DIGITS = 18;

    private final Query.Field field;
    private final int column;
    private final int weight;
    private final int collationColumn;
    private final Kind kind;
    private @Nullable PaddedText text;

    private LinkedColumn(Query.Field field, int column, int weight, int collationColumn, Kind kind) {
        this.field = field;
        this.column = column;
        this.weight = weight;
        this.collationColumn = collationColumn;
        this.kind = kind;
    }

    /**
     * The column among these.
     *
     * @throws VtException VT12001 for a type by whose values rows cannot be told to go together
     */
    public static LinkedColumn of(JoinColumn column, List<Query.Field> fields) {
        int value = OrderKey.at(column.value(), fields.size());
        boolean weighed = column.weight() != OrderKey.NONE;
        Query.Field field = fields.get(value);
        return new LinkedColumn(
                field,
                value,
                weighed ? OrderKey.at(column.weight(), fields.size()) : -1,
                weighed ? OrderKey.at(column.collation(), fields.size()) : -1,
                kind(field, weighed));
    }

    private static Kind kind(Query.Field field, boolean weighed) {
        SqlType type = SqlType.ofNumber(field.getTypeValue());
        if (type == null) {
            throw refused(field, "");
        }
        if (type.isIntegral() && type != SqlType.YEAR) {
            return Kind.INTEGER;
        }
        // Tablets give text of a _bin collation the type of bytes; only its character set tells it from them.
        boolean bytes = type.isBinary() && (field.getCharset() == BINARY || field.getCharset() == 0);
        if (bytes) {
            return type == SqlType.BINARY ? Kind.FIXED_BYTES : Kind.BYTES;
        }
        if ((type.isText() || type.isBinary()) && weighed) {
            return Kind.TEXT;
        }
        if (type == SqlType.DECIMAL) {
            return Kind.DECIMAL;
        }
        if (type == SqlType.DATE) {
            return Kind.DATE;
        }
        if (type == SqlType.DATETIME) {
            return Kind.DATETIME;
        }
        throw refused(field, "");
    }

    private static VtException refused(Query.Field field, String why) {
        SqlType type = SqlType.ofNumber(field.getTypeValue());
        return VtError.VT12001.with("join of rows of several shards by column '" + field.getName() + "' ("
                + (type == null ? "type " + field.getTypeValue() : type.toString()) + ")" + why);
    }

    /**
     * For the columns of both sides, their rows in hand.
     *
     * @param oneCollation whether texts are known to be of one collation where no row has told
     * @throws VtException VT12001 where it is not certain that their values compare as their keys do
     */
    public void requireAlike(LinkedColumn other, boolean oneCollation) {
        boolean alike = kind == other.kind;
        if (kind == Kind.DECIMAL || kind == Kind.DATETIME) {
            alike &= field.getDecimals() == other.field.getDecimals();
        } else if (kind == Kind.FIXED_BYTES) {
            alike &= field.getColumnLength() == other.field.getColumnLength();
        } else if (kind == Kind.TEXT && alike) {
            PaddedText own = text;
            PaddedText theirs = other.text;
            alike = own == null || theirs == null
                    ? oneCollation
                    : own.collation().equals(theirs.collation());
        }
        if (!alike) {
            throw refused(
                    field,
                    " and column '" + other.field.getName() + "' (" + SqlType.ofNumber(other.field.getTypeValue())
                            + ")");
        }
    }

    /** Whether equal values may lie on different shards, because a vindex tells them apart. */
    public boolean isText() {
        return kind == Kind.TEXT;
    }

    /**
     * What is equal for equal values; null for SQL NULL.
     *
     * @throws VtException VT12001 for a value that MySQL compares otherwise
     */
    public @Nullable Object key(Query.Row row) {
        if (kind == Kind.TEXT && text == null) {
            text = collation(row);
        }
        ByteString value = Cells.get(row, column);
        if (value == null) {
            return null;
        }
        return switch (kind) {
            case INTEGER -> integer(value);
            case DECIMAL -> Numbers.decimal(value).stripTrailingZeros();
            case DATE, DATETIME -> date(value);
            case BYTES, FIXED_BYTES -> value;
            case TEXT -> text(row);
        };
    }

    private static Object integer(ByteString value) {
        String digits = value.toString(StandardCharsets.US_ASCII);
        if (digits.length() <= SAFE_DIGITS) {
            return Long.parseLong(digits);
        }
        BigInteger number = new BigInteger(digits);
        return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
    }

    /** A date without a month or a day is none that MySQL always takes as a literal. */
    private ByteString date(ByteString value) {
        String date = value.toString(StandardCharsets.US_ASCII);
        if (date.startsWith("00", 5) || date.startsWith("00", 8)) {
            throw refused(field, " of value '" + date + "'");
        }
        return value;
    }

    private PaddedText collation(Query.Row row) {
        ByteString collation = Cells.get(row, collationColumn);
        if (collation == null) {
            throw refused(field, " without a collation");
        }
        return PaddedText.of(collation.toStringUtf8());
    }

    private ByteString text(Query.Row row) {
        ByteString weights = Cells.get(row, weight);
        PaddedText under = text;
        if (weights == null || under == null) {
            throw refused(field, " without weights");
        }
        return under.key(weights);
    }

    /** The row's value, which is not NULL, to be looked for in the other side's column. */
    public SqlValue value(Query.Row row) {
        ByteString value = Cells.get(row, column);
        if (value == null) {
            return SqlValue.NULL;
        }
        return switch (kind) {
            case INTEGER -> ascii(isUnsigned() ? SqlType.UINT64 : SqlType.INT64, String.valueOf(integer(value)));
            case DECIMAL ->
                ascii(SqlType.DECIMAL, new BigDecimal(value.toString(StandardCharsets.US_ASCII)).toPlainString());
            case DATE -> SqlValue.of(SqlType.DATE, value.toByteArray());
            case DATETIME -> SqlValue.of(SqlType.DATETIME, value.toByteArray());
            case BYTES, FIXED_BYTES -> SqlValue.of(SqlType.VARBINARY, value.toByteArray());
            case TEXT -> SqlValue.of(SqlType.VARCHAR, value.toByteArray());
        };
    }

    private boolean isUnsigned() {
        SqlType type = SqlType.ofNumber(field.getTypeValue());
        return type != null && type.isUnsigned();
    }

    private static SqlValue ascii(SqlType type, String text) {
        return SqlValue.of(type, text.getBytes(StandardCharsets.US_ASCII));
    }
}
