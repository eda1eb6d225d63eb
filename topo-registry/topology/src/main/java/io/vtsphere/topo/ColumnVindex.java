package io.vtsphere.topo;

import io.vtsphere.vindex.Vindex;
import java.util.List;

/**
 * A vindex over columns of one table. Immutable.
 *
 * @param columns at least one; names keep the VSchema's case and compare without it
 * @param cost of routing by it; for a prefix of a multi-column vindex higher than that of the whole
 * @param unique whether one row of values gives at most one keyspace id
 * @param owned whether the rows of this table maintain the vindex
 * @param partial whether these are only the first columns of a multi-column vindex
 * @param definition the vindex in its keyspace
 * @param vindex what maps values; an owned lookup vindex knows its owner
 */
public record ColumnVindex(
        List<String> columns,
        int cost,
        boolean unique,
        boolean owned,
        boolean partial,
        VindexDefinition definition,
        Vindex vindex) {
    public ColumnVindex {
        columns = List.copyOf(columns);
    }

    public String name() {
        return definition.name();
    }

    public String type() {
        return definition.type();
    }

    /** Whether the lookup table is still being filled: maintained by DML, not used to route. */
    public boolean backfilling() {
        return definition.isBackfilling();
    }

    /** Whether the columns are these, in this order, without regard to case. */
    public boolean isOn(List<String> names) {
        if (names.size() != columns.size()) {
            return false;
        }
        for (int i = 0; i < names.size(); i++) {
            if (!columns.get(i).equalsIgnoreCase(names.get(i))) {
                return false;
            }
        }
        return true;
    }
}
