package io.vtsphere.vindex;

import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The parameters of {@code multicol}. */
final class MultiColParams {
    private static final String COLUMN_COUNT = "column_count";
    private static final String COLUMN_BYTES = "column_bytes";
    private static final String COLUMN_VINDEX = "column_vindex";
    private static final int MAX_COLUMNS = 8;
    private static final int MAX_BYTES = 8;

    private MultiColParams() {}

    static int columnCount(Map<String, String> params) {
        String param = params.get(COLUMN_COUNT);
        if (param == null) {
            throw invalid("number of columns not provided in the parameter '" + COLUMN_COUNT + "'");
        }
        int count = Params.integer(param);
        if (count < 1 || count > MAX_COLUMNS) {
            throw invalid("number of columns should be between 1 and 8 in the parameter '" + COLUMN_COUNT + "'");
        }
        return count;
    }

    /** The width of each column: as given, and the bytes that are left shared out evenly, the first columns first. */
    static int[] columnBytes(Map<String, String> params, int count) {
        String[] given = list(params, COLUMN_BYTES);
        if (given.length > count) {
            throw invalid("number of column bytes provided are more than column count in the parameter '" + COLUMN_BYTES
                    + "'");
        }
        int[] widths = new int[count];
        boolean[] known = new boolean[count];
        int pending = count;
        long remaining = MAX_BYTES;
        for (int i = 0; i < given.length; i++) {
            if (!given[i].isEmpty()) {
                widths[i] = Params.integer(given[i]);
                known[i] = true;
                pending--;
                remaining -= widths[i];
            }
        }
        if (pending > remaining) {
            throw invalid("column bytes count exceeds the keyspace id length (total bytes count cannot exceed 8 bytes)"
                    + " in the parameter '" + COLUMN_BYTES + "'");
        }
        for (int i = 0; i < count; i++) {
            if (!known[i]) {
                widths[i] = (int) ((remaining + pending - 1) / pending);
                remaining -= widths[i];
                pending--;
            }
        }
        return widths;
    }

    static List<Vindex> columnVindexes(Map<String, String> params, int count, VindexRegistry registry) {
        String[] types = list(params, COLUMN_VINDEX);
        if (types.length > count) {
            throw invalid("number of vindex function provided are more than column count in the parameter '"
                    + COLUMN_VINDEX + "'");
        }
        Map<String, String> subParams = new HashMap<>(params);
        subParams.keySet().removeAll(List.of(COLUMN_COUNT, COLUMN_BYTES, COLUMN_VINDEX));
        List<Vindex> vindexes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String type = i < types.length ? types[i].strip() : "";
            vindexes.add(columnVindex(type.isEmpty() ? "hash" : type, subParams, registry));
        }
        return vindexes;
    }

    private static Vindex columnVindex(String type, Map<String, String> params, VindexRegistry registry) {
        Vindex vindex = registry.create(type, type, params);
        if (!(vindex instanceof Hashing) || !vindex.unique() || vindex.needsVCursor()) {
            throw invalid("multicol vindex supports vindexes that exports hashing function, are unique and are"
                    + " non-lookup vindex, passed vindex '" + type + "' is invalid");
        }
        return vindex;
    }

    private static String[] list(Map<String, String> params, String key) {
        String param = params.get(key);
        return param == null ? new String[0] : param.split(",", -1);
    }

    private static VtException invalid(String message) {
        return VtException.of(Code.INVALID_ARGUMENT, message);
    }
}
