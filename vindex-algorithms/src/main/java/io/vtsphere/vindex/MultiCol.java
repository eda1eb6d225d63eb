package io.vtsphere.vindex;

import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code multicol}: the first bytes of each column's own hash, one column after the other, eight bytes at most. The values of the first
 * columns alone give a key range.
 */
final class MultiCol extends FunctionalVindex implements MultiColumnVindex {
    private final Hashing[] columns;
    private final int[] widths;

    private MultiCol(String name, int cost, Hashing[] columns, int[] widths) {
        // Every parameter is handed to the columns' vindexes, so none is unknown.
        super("multicol", name, cost, Map.of(), Set.of());
        this.columns = columns;
        this.widths = widths;
    }

    static MultiCol create(String name, Map<String, String> params, VindexRegistry registry) {
        int count = MultiColParams.columnCount(params);
        int[] widths = MultiColParams.columnBytes(params, count);
        List<Vindex> vindexes = MultiColParams.columnVindexes(params, count, registry);
        int cost = vindexes.stream().mapToInt(Vindex::cost).sum();
        return new MultiCol(
                name, cost, vindexes.stream().map(Hashing.class::cast).toArray(Hashing[]::new), widths);
    }

    @Override
    public int columns() {
        return columns.length;
    }

    @Override
    public boolean partial() {
        return true;
    }

    @Override
    public Destination map(List<SqlValue> row) {
        byte[] id;
        try {
            id = keyspaceId(row);
        } catch (VtException e) {
            // A row with a value that cannot be hashed has no shard.
            return None.INSTANCE;
        }
        return row.size() < columns.length ? PrefixRange.of(id) : KeyspaceId.of(id);
    }

    @Override
    public boolean verify(List<SqlValue> row, KeyspaceId id) {
        return Arrays.equals(keyspaceId(row), id.bytes());
    }

    private byte[] keyspaceId(List<SqlValue> row) {
        if (row.size() > columns.length) {
            throw VtException.of(
                    Code.INTERNAL,
                    "[BUG] wrong number of column values were passed: maximum allowed " + columns.length + ", got "
                            + row.size());
        }
        ByteArrayOutputStream id = new ByteArrayOutputStream(Long.BYTES);
        int columnAt = 0;
        for (int i = 0; i < row.size(); i++) {
            byte[] hash = columns[i].hash(row.get(i));
            // A short hash before this column is padded with zeros.
            while (id.size() < columnAt) {
                id.write(0);
            }
            id.write(hash, 0, Math.max(0, Math.min(hash.length, widths[i])));
            columnAt += widths[i];
        }
        return id.toByteArray();
    }
}
