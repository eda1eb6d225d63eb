package io.vtsphere.vindex;

import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code region_experimental}: columns (region, id); the region number in one or two bytes, then the id as {@code hash} does it. The region
 * alone gives a key range.
 */
final class RegionExperimental extends FunctionalVindex implements MultiColumnVindex {
    private static final String REGION_BYTES = "region_bytes";

    private final int regionBytes;

    RegionExperimental(String name, Map<String, String> params) {
        super("region_experimental", name, 1, params, Set.of(REGION_BYTES));
        String width = params.get(REGION_BYTES);
        if (width == null) {
            throw VtException.of(Code.UNKNOWN, "region_experimental missing region_bytes param");
        }
        if (!width.equals("1") && !width.equals("2")) {
            throw VtException.of(Code.UNKNOWN, "region_bytes must be 1 or 2: " + width);
        }
        this.regionBytes = width.charAt(0) - '0';
    }

    @Override
    public int columns() {
        return 2;
    }

    @Override
    public boolean partial() {
        return true;
    }

    @Override
    public Destination map(List<SqlValue> row) {
        if (row.isEmpty() || row.size() > 2 || !Values.isUint64(row.get(0).bytes())) {
            return None.INSTANCE;
        }
        long region = Values.parseUint64(row.get(0).bytes());
        if (row.size() == 1) {
            return PrefixRange.of(Regions.prefix(region, regionBytes));
        }
        return Regions.map(region, regionBytes, row.get(1));
    }

    @Override
    public boolean verify(List<SqlValue> row, KeyspaceId id) {
        return map(row).equals(id);
    }
}
