package io.vtsphere.vindex.calc;

import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vindex.AllShards;
import io.vtsphere.vindex.Destination;
import io.vtsphere.vindex.KeyRange;
import io.vtsphere.vindex.KeyspaceId;
import io.vtsphere.vindex.KeyspaceIds;
import io.vtsphere.vindex.LookupVindex;
import io.vtsphere.vindex.MultiColumnVindex;
import io.vtsphere.vindex.SingleColumnVindex;
import io.vtsphere.vindex.Vindex;
import io.vtsphere.vindex.VindexRegistry;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Maps values by hand. Lookup types answer only what needs no query. Thread-safe. */
public final class VindexCalculator {
    private static final String HEX = "HEX";
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]+");
    private static final BigInteger MAX_SIGNED = BigInteger.valueOf(Long.MAX_VALUE);

    private final VindexRegistry registry;

    public VindexCalculator(VindexRegistry registry) {
        this.registry = registry;
    }

    /** The names that {@link #vindex} knows, sorted. */
    public Set<String> types() {
        return new TreeSet<>(registry.types());
    }

    /**
     * A vindex whose name is its type's.
     *
     * @throws VtException if there is no such type or a parameter is wrong
     */
    public Vindex vindex(String type, Map<String, String> params) {
        return registry.create(type, type, params);
    }

    /**
     * Where rows with those column values live.
     *
     * @throws VtException with Vitess' text if they cannot be mapped; INVALID_ARGUMENT if a single-column vindex gets another number of values
     */
    public Destination map(Vindex vindex, List<SqlValue> row) {
        if (vindex instanceof MultiColumnVindex several) {
            return several.map(row);
        }
        if (row.size() != 1) {
            throw VtException.of(
                    Code.INVALID_ARGUMENT, vindex.type() + " maps one column, not the " + row.size() + " values given");
        }
        if (vindex instanceof SingleColumnVindex single) {
            return single.map(row.get(0));
        }
        return ((LookupVindex) vindex).map(new NoQueries(), row).get(0);
    }

    /**
     * The value that a command line gives.
     *
     * @param type a {@link SqlType} in any case; {@code NULL}; or {@code HEX:} and a type, for bytes in hexadecimal digits, without a type
     *     those of a VARBINARY
     * @throws VtException INVALID_ARGUMENT if there is no such type or the digits are wrong
     */
    public static SqlValue value(String type, String text) {
        SqlType sqlType = requireType(type);
        if (sqlType == SqlType.NULL_TYPE) {
            return SqlValue.NULL;
        }
        return SqlValue.of(sqlType, isHex(type) ? hex(text) : text.getBytes(StandardCharsets.UTF_8));
    }

    /** The value that such a text would be in SQL, were words in quotes: whole numbers are INT64 or, where too big, UINT64. */
    public static SqlValue literal(String text) {
        if (!INTEGER.matcher(text).matches()) {
            return value("VARCHAR", text);
        }
        return value(new BigInteger(text).compareTo(MAX_SIGNED) > 0 ? "UINT64" : "INT64", text);
    }

    /**
     * The type of {@link #value}.
     *
     * @throws VtException INVALID_ARGUMENT if there is none of that name
     */
    public static SqlType requireType(String type) {
        String upper = type.toUpperCase(Locale.ROOT);
        if (upper.equals("NULL")) {
            return SqlType.NULL_TYPE;
        }
        if (!isHex(type)) {
            return sqlType(upper);
        }
        return upper.length() > HEX.length() + 1 ? sqlType(upper.substring(HEX.length() + 1)) : SqlType.VARBINARY;
    }

    private static boolean isHex(String type) {
        String upper = type.toUpperCase(Locale.ROOT);
        return upper.equals(HEX) || upper.startsWith(HEX + ":");
    }

    private static SqlType sqlType(String name) {
        try {
            return SqlType.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw VtException.of(Code.INVALID_ARGUMENT, "no SQL type is called " + name, e);
        }
    }

    static byte[] hex(String digits) {
        try {
            return HexFormat.of().parseHex(digits);
        } catch (IllegalArgumentException e) {
            throw VtException.of(Code.INVALID_ARGUMENT, "not pairs of hexadecimal digits: " + digits, e);
        }
    }

    /** A destination for people: the keyspace id in hexadecimal digits, the key range, {@code none} or {@code all}. */
    public static String print(Destination destination) {
        if (destination instanceof KeyspaceIds several) {
            return String.join(
                    ",", several.ids().stream().map(KeyspaceId::toString).toList());
        }
        if (destination instanceof KeyspaceId || destination instanceof KeyRange) {
            return destination.toString();
        }
        return destination == AllShards.INSTANCE ? "all" : "none";
    }

    /**
     * Those of the shards that a destination reaches, in their order.
     *
     * @throws VtException INVALID_ARGUMENT if a shard's name is out of order or has bad digits
     */
    public static List<String> shards(Destination destination, List<String> shardNames) {
        List<String> reached = new ArrayList<>();
        for (String name : shardNames) {
            KeyRange named = KeyRange.ofShardName(name);
            if (reaches(destination, named == null ? KeyRange.complete() : named)) {
                reached.add(name);
            }
        }
        return reached;
    }

    private static boolean reaches(Destination destination, KeyRange shard) {
        if (destination instanceof KeyspaceId id) {
            return shard.contains(id);
        }
        if (destination instanceof KeyspaceIds several) {
            return several.ids().stream().anyMatch(shard::contains);
        }
        if (destination instanceof KeyRange range) {
            return shard.intersects(range);
        }
        return destination == AllShards.INSTANCE;
    }
}
