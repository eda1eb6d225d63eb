package io.vtsphere.planner;

import io.vtsphere.sql.ast.Insert;
import io.vtsphere.topo.ColumnVindex;
import io.vtsphere.topo.TableVSchema;
import io.vtsphere.vindex.LookupVindex;
import io.vtsphere.vterrors.VtError;

/** Which rows can be inserted with the entries of the lookup vindexes that they own. */
final class LookupInserts {
    private LookupInserts() {}

    /**
     * Refuses what cannot be kept in step.
     *
     * @throws io.vtsphere.vterrors.VtException VT12001 for a vindex that the table does not own; for rows that may turn out not to be
     *     inserted, whose entries would stay; for a column whose value only MySQL knows
     */
    static void refuse(Insert insert, TableVSchema table, ColumnVindex primary) {
        for (ColumnVindex vindex : table.columnVindexes()) {
            if (vindex == primary || vindex.partial()) {
                continue;
            }
            if (!vindex.owned() || !(vindex.vindex() instanceof LookupVindex)) {
                throw VtError.VT12001.with(
                        "INSERT into table '" + table + "' with the second vindex '" + vindex.name() + "'");
            }
            refuseMissing(insert, table, vindex);
            if (insert.ignore() || !insert.onDuplicate().isEmpty()) {
                throw VtError.VT12001.with((insert.ignore() ? "INSERT IGNORE" : "INSERT ... ON DUPLICATE KEY UPDATE")
                        + " into table '" + table + "' with the lookup vindex '" + vindex.name() + "'");
            }
        }
    }

    /** A column that is left out gets NULL here, for the entry to agree with; MySQL would give it its default. */
    private static void refuseMissing(Insert insert, TableVSchema table, ColumnVindex vindex) {
        boolean nullIsLegal = "true".equals(vindex.definition().params().get("ignore_nulls"));
        for (String column : vindex.columns()) {
            boolean missing =
                    !insert.columns().isEmpty() && insert.columns().stream().noneMatch(column::equalsIgnoreCase);
            boolean generated = table.autoIncrement() != null
                    && column.equalsIgnoreCase(table.autoIncrement().column());
            if (missing && nullIsLegal && !generated) {
                throw VtError.VT12001.with("INSERT into table '" + table + "' without the column '" + column
                        + "' of the lookup vindex '" + vindex.name() + "'");
            }
        }
    }
}
