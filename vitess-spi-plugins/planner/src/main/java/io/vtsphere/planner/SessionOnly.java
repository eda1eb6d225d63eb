package io.vtsphere.planner;

import io.vtsphere.sql.ast.Query;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.SetOperation;
import io.vtsphere.sql.ast.Statement;
import io.vtsphere.vterrors.VtError;

/** Queries whose effect MySQL keeps in its own connection, which is not the client's: refused wherever they would go. */
final class SessionOnly {
    private SessionOnly() {}

    static void refuse(Statement statement, PlanTarget target) {
        if (statement instanceof SetOperation operation) {
            if (calculatesFoundRows(operation)) {
                throw VtError.VT12001.with("SQL_CALC_FOUND_ROWS not supported with union");
            }
        } else if (statement instanceof Select select
                && FoundRows.isAsked(select)
                && select.limit() != null
                && target.shards() != null) {
            throw VtError.VT12001.with("SQL_CALC_FOUND_ROWS with LIMIT where the target names shards");
        }
        if (statement instanceof Query query && query.into().startsWith("into @")) {
            throw VtError.VT12001.with("INTO user variables");
        }
    }

    private static boolean calculatesFoundRows(Query query) {
        if (query instanceof SetOperation operation) {
            return calculatesFoundRows(operation.left()) || calculatesFoundRows(operation.right());
        }
        return query instanceof Select select && select.options().calcFoundRows();
    }
}
