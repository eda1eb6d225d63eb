package io.vtsphere.shardingsphere.algorithm;

import io.vtsphere.vindex.LookupVindex;
import io.vtsphere.vindex.MultiColumnVindex;
import io.vtsphere.vindex.SingleColumnVindex;
import io.vtsphere.vindex.Vindex;
import io.vtsphere.vindex.VindexRegistry;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The {@code props} of an algorithm: {@code shards}, {@code columns}, {@code column-types}, and the vindex's own parameters. Stateless. */
final class RoutingProps {
    private static final Set<String> INTEGER_TYPES = Set.of("hash", "numeric", "numeric_static_map", "reverse_bits");
    private static final Set<String> TEXT_TYPES = Set.of("unicode_loose_md5", "unicode_loose_xxhash");

    private RoutingProps() {}

    /**
     * The routing that the properties describe.
     *
     * @param vindexType null when the property {@code vindex} names it
     * @throws IllegalArgumentException that names the key which is missing, unknown or wrong
     */
    static VindexRouting parse(String algorithm, @Nullable String vindexType, Properties props) {
        Map<String, String> left = new TreeMap<>();
        props.forEach((key, value) -> left.put(String.valueOf(key), String.valueOf(value)));
        try {
            String type = vindexType == null ? required(left, "vindex") : vindexType;
            ShardTargets targets = ShardTargets.parse(required(left, "shards"));
            List<String> columns = list(left.remove("columns"));
            List<String> declared = list(left.remove("column-types"));
            Vindex vindex = VindexRegistry.load().create(type, algorithm, left);
            refuseUnfit(vindex);
            int width = vindex instanceof MultiColumnVindex several ? several.columns() : 1;
            if (vindex instanceof MultiColumnVindex && columns.size() != width) {
                throw new IllegalArgumentException(
                        "columns must name the " + width + " columns of " + type + " in its order: " + columns);
            }
            if (columns.size() > width) {
                throw new IllegalArgumentException("columns: " + type + " is over one column, not " + columns);
            }
            return new VindexRouting(vindex, columns, types(type, declared, width), targets);
        } catch (IllegalArgumentException | VtException e) {
            throw new IllegalArgumentException("props of algorithm " + algorithm + ": " + e.getMessage(), e);
        }
    }

    private static void refuseUnfit(Vindex vindex) {
        if (vindex instanceof LookupVindex || vindex.needsVCursor()) {
            throw new IllegalArgumentException(
                    vindex.type() + " asks a table, which a sharding algorithm cannot: it needs the Vitess front end");
        }
        if (!(vindex instanceof SingleColumnVindex) && !(vindex instanceof MultiColumnVindex)) {
            throw new IllegalArgumentException(vindex.type() + " maps neither one column nor several");
        }
        if (!vindex.unknownParams().isEmpty()) {
            throw new IllegalArgumentException(vindex.unknownParams() + " are no parameters of " + vindex.type());
        }
    }

    private static List<ColumnType> types(String vindexType, List<String> declared, int width) {
        if (!declared.isEmpty() && declared.size() != width) {
            throw new IllegalArgumentException("column-types must have " + width + " entries: " + declared);
        }
        List<ColumnType> types = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            types.add(declared.isEmpty() ? usual(vindexType) : ColumnType.parse(declared.get(i)));
        }
        return types;
    }

    private static ColumnType usual(String vindexType) {
        if (INTEGER_TYPES.contains(vindexType)) {
            return IntegerColumn.ANY;
        }
        return TEXT_TYPES.contains(vindexType) ? TextColumn.TEXT : UndeclaredColumn.INSTANCE;
    }

    private static String required(Map<String, String> props, String key) {
        String value = props.remove(key);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(key + " is missing");
        }
        return value;
    }

    private static List<String> list(@Nullable String text) {
        List<String> parts = new ArrayList<>();
        if (text != null) {
            for (String part : text.split(",", -1)) {
                parts.add(part.trim());
            }
        }
        return parts;
    }
}
