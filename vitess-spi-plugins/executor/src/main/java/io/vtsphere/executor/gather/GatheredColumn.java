package io.vtsphere.executor.gather;

import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.vterrors.VtError;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table, as {@code information_schema.columns} describes it, on its way through a JSON document: read as an expression whose
 * text keeps every bit of the value, turned into the column's own type by {@code JSON_TABLE}, and where that has no such type by an
 * expression over it. Immutable and thread-safe.
 *
 * @param type the data type without length, lower case: {@code int}, {@code varchar} …
 * @param fullType the whole type: {@code int(11) unsigned}, {@code enum('a','b')}
 * @param charset the character set; null for what is no text
 * @param collation the collation; null for what is no text
 */
public record GatheredColumn(
        String name,
        String type,
        String fullType,
        @Nullable String charset,
        @Nullable String collation) {
    private static final Set<String> INTEGERS = Set.of("tinyint", "smallint", "mediumint", "int", "bigint");
    private static final Set<String> TEXTS = Set.of("char", "varchar", "tinytext", "text", "mediumtext", "longtext");
    private static final Set<String> BYTES =
            Set.of("binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob");
    private static final Set<String> AS_THEY_ARE =
            Set.of("decimal", "double", "date", "time", "datetime", "timestamp", "year");

    private static final Pattern LENGTH = Pattern.compile("\\(([0-9]{1,6})\\)");

    /** Most characters of a VARCHAR of one byte each. */
    private static final int MAX_VARCHAR = 65_532;

    /** What stands for the columns of a table of which only the number of rows matters. */
    static final GatheredColumn NONE = new GatheredColumn("__row", "int", "int", null, null);

    /**
     * The expression that reads the value.
     *
     * @throws io.vtsphere.vterrors.VtException VT12001 for a type whose values cannot be carried exactly
     */
    public String read() {
        if (equals(NONE)) {
            return "1";
        }
        if (type.equals("float")) {
            // MySQL prints six digits of a FLOAT, but all of a DOUBLE.
            return quoted() + " * 1e0";
        }
        if (fullType.equals("bit(8)")) {
            // MySQL 8.0.15 fills no more than one byte of a BIT from JSON, and mixes up the rows of shorter ones.
            return quoted() + " + 0";
        }
        if (isBytes()) {
            return "hex(" + quoted() + ")";
        }
        if (fullType.toLowerCase(Locale.ROOT).endsWith(" zerofill")) {
            throw VtError.VT12001.with("ZEROFILL column '" + name + "' in a query over several shards' rows");
        }
        if (isPlain() || isText() || isListed() || isJson()) {
            return quoted();
        }
        throw VtError.VT12001.with("column '" + name + "' of type " + type + " in a query over several shards' rows");
    }

    /** The type inside {@code JSON_TABLE}. */
    String documentType() {
        if (isBytes()) {
            return hexType() + " character set latin1 collate latin1_bin";
        }
        if (isJson()) {
            return "longtext character set utf8mb4 collate utf8mb4_bin";
        }
        return charset == null ? fullType : fullType + " character set " + charset + " collate " + collation;
    }

    /** UNHEX of a LONGTEXT has length 0 in a table that MySQL materialises; of a MEDIUMTEXT it is right up to 8 MiB. */
    private String hexType() {
        Matcher length = LENGTH.matcher(fullType);
        int bytes = length.find() ? Integer.parseInt(length.group(1)) : Integer.MAX_VALUE;
        return bytes <= MAX_VARCHAR / 2 ? "varchar(" + 2 * bytes + ")" : "mediumtext";
    }

    /** The expression over the document's column that gives the value back. */
    String restored() {
        if (isBytes()) {
            return "unhex(" + quoted() + ")";
        }
        return isJson() ? "cast(" + quoted() + " as json)" : quoted();
    }

    /** Whether the document holds it as a number: text would turn into the bits of its characters. */
    boolean isBareNumber() {
        return type.equals("bit");
    }

    boolean isJson() {
        return type.equals("json");
    }

    boolean isInteger() {
        return INTEGERS.contains(type);
    }

    /** Whether it is read as hexadecimal digits. */
    boolean isBytes() {
        return BYTES.contains(type);
    }

    private boolean isPlain() {
        return isInteger() || AS_THEY_ARE.contains(type);
    }

    boolean isText() {
        return TEXTS.contains(type);
    }

    private boolean isListed() {
        return type.equals("enum") || type.equals("set");
    }

    String quoted() {
        return quoted(name);
    }

    /** A name as MySQL reads it, whatever is in it. */
    public static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    /**
     * The type in which the column's values are compared with those of another one by {@code IN} just as {@code =} compares the columns; null
     * where that is not so.
     */
    @Nullable
    public SqlType keyType(GatheredColumn other) {
        if (isInteger() && other.isInteger()) {
            return fullType.contains("unsigned") ? SqlType.UINT64 : SqlType.INT64;
        }
        boolean sameText = isText() && other.isText() && collation != null && collation.equals(other.collation);
        return sameText ? SqlType.VARCHAR : null;
    }
}
