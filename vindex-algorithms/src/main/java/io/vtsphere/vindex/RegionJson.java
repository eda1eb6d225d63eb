package io.vtsphere.vindex;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.text.Utf8;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code region_json}: columns (id, region name); the number that a JSON file gives for the name, in one or two bytes, then the id as
 * {@code hash} does it.
 */
final class RegionJson extends FunctionalVindex implements MultiColumnVindex {
    private static final String REGION_MAP = "region_map";
    private static final String REGION_BYTES = "region_bytes";

    private final Map<String, Long> regions;
    private final int regionBytes;

    RegionJson(String name, Map<String, String> params) {
        super("region_json", name, 1, params, Set.of(REGION_MAP, REGION_BYTES));
        this.regions = Map.copyOf(JsonParams.numbers(JsonParams.readFile(params.getOrDefault(REGION_MAP, ""))));
        this.regionBytes = Params.integer(params.getOrDefault(REGION_BYTES, ""));
        if (regionBytes != 1 && regionBytes != 2) {
            throw VtException.of(Code.UNKNOWN, "region_bytes must be 1 or 2: " + regionBytes);
        }
    }

    @Override
    public int columns() {
        return 2;
    }

    @Override
    public boolean partial() {
        return false;
    }

    @Override
    public Destination map(List<SqlValue> row) {
        if (row.size() != 2) {
            return None.INSTANCE;
        }
        byte[] name = row.get(1).type() == SqlType.EXPRESSION
                ? Bytes.EMPTY
                : row.get(1).bytes();
        // Decoding would turn bytes that are no text into U+FFFD, which may be a region's name.
        Long region = Utf8.isValid(name, 0, name.length) ? regions.get(new String(name, UTF_8)) : null;
        return region == null ? None.INSTANCE : Regions.map(region, regionBytes, row.get(0));
    }

    @Override
    public boolean verify(List<SqlValue> row, KeyspaceId id) {
        return map(row).equals(id);
    }
}
