package io.vtsphere.gateway;

import io.vitess.proto.Query.QueryResult;
import io.vitess.proto.Query.Row;
import io.vtsphere.topo.TabletAlias;
import java.util.List;

/** Looks whether a tablet's rows are what they say, before anybody cuts them into values. Stateless. */
final class Rows {
    /** A tablet sent rows that cannot be read. */
    @SuppressWarnings("serial")
    static final class Broken extends RuntimeException {
        Broken(String message) {
            super(message, null, false, false);
        }
    }

    private Rows() {}

    /**
     * The same result.
     *
     * @throws Broken when a row has another number of values than there are columns, or their lengths do not add up
     */
    static QueryResult checked(QueryResult result, TabletAlias servedBy) {
        int columns = result.getFieldsCount();
        List<Row> rows = result.getRowsList();
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            int count = row.getLengthsCount();
            long bytes = 0;
            for (int column = 0; column < count; column++) {
                long length = row.getLengths(column);
                if (length < -1) {
                    throw broken(servedBy, "a value of length " + length);
                }
                bytes += Math.max(0, length);
            }
            if (columns > 0 && count != columns) {
                throw broken(servedBy, count + " values for " + columns + " columns");
            }
            if (bytes != row.getValues().size()) {
                throw broken(
                        servedBy,
                        "values of " + bytes + " bytes in a row of "
                                + row.getValues().size());
            }
        }
        return result;
    }

    private static Broken broken(TabletAlias servedBy, String what) {
        return new Broken("vttablet: tablet " + servedBy + " sent a broken row: " + what);
    }
}
