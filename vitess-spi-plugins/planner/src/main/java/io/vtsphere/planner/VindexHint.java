package io.vtsphere.planner;

import io.vtsphere.sql.ast.IndexHint;
import io.vtsphere.topo.ColumnVindex;
import io.vtsphere.topo.TableVSchema;
import io.vtsphere.vterrors.VtError;
import java.util.List;

/**
 * {@code USE VINDEX (…)} or {@code IGNORE VINDEX (…)} behind a table.
 *
 * @param use whether only the named vindexes are to be used; else all but them
 */
record VindexHint(boolean use, List<String> names) {
    /** No hint: every vindex may be used. */
    static final VindexHint NONE = new VindexHint(false, List.of());

    /**
     * Reads the hints of a table; those for MySQL's indexes are not looked at.
     *
     * @throws io.vtsphere.vterrors.VtException VT09020 for several of them, VT09021 for a vindex that the table does not have
     */
    static VindexHint of(List<IndexHint> hints, TableVSchema table) {
        VindexHint found = NONE;
        for (IndexHint hint : hints) {
            if (!hint.vindex()) {
                continue;
            }
            if (found != NONE) {
                throw VtError.VT09020.with(table.name());
            }
            for (String name : hint.names()) {
                if (table.columnVindexes().stream().noneMatch(v -> v.name().equalsIgnoreCase(name))) {
                    throw VtError.VT09021.with(name, table.name());
                }
            }
            found = new VindexHint(!hint.action().equals("ignore"), hint.names());
        }
        return found;
    }

    boolean allows(ColumnVindex vindex) {
        return use == names.stream().anyMatch(vindex.name()::equalsIgnoreCase);
    }
}
