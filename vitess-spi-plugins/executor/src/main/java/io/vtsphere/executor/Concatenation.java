package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.State;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.List;

/** Rows of several results one after the other, under the columns of the first. */
final class Concatenation {
    private Concatenation() {}

    /**
     * @throws VtException 1222 when the results differ in their number of columns, VT12001 when a column's types differ: MySQL would give
     *     all rows one common type
     */
    static StatementResult of(List<StatementResult> results) {
        StatementResult first = results.get(0);
        if (results.size() == 1) {
            return first;
        }
        List<Query.Row> rows = new ArrayList<>();
        long affected = 0;
        for (StatementResult result : results) {
            check(first.fields(), result.fields());
            rows.addAll(result.rows());
            affected += result.affectedRows();
        }
        return new StatementResult(
                first.fields(), rows, affected, first.insertId(), first.insertIdChanged(), first.info());
    }

    private static void check(List<Query.Field> first, List<Query.Field> other) {
        if (first.size() != other.size()) {
            throw VtException.of(
                    Code.INVALID_ARGUMENT,
                    State.WRONG_NUMBER_OF_COLUMNS_IN_SELECT,
                    "The used SELECT statements have a different number of columns: " + first.size() + " and "
                            + other.size());
        }
        for (int i = 0; i < first.size(); i++) {
            Query.Field left = first.get(i);
            Query.Field right = other.get(i);
            boolean same = left.getType() == right.getType()
                    && left.getCharset() == right.getCharset()
                    && left.getDecimals() == right.getDecimals();
            if (!same) {
                throw VtError.VT12001.with("UNION of different types in column '" + left.getName() + "': "
                        + left.getType() + " and " + right.getType());
            }
        }
    }
}
