package io.vtsphere.executor;

import io.vitess.proto.Query;
import java.util.List;

/**
 * What a statement, or a step of one, gives.
 *
 * @param fields the columns; empty when the statement has no result set
 * @param affectedRows rows changed, unsigned; for {@link io.vtsphere.planner.Primitive.FoundRows} the rows that there are without LIMIT
 * @param insertId LAST_INSERT_ID as the statement set it, unsigned; 0 for none
 * @param insertIdChanged whether {@code insertId} was set although it may be 0
 * @param info MySQL's text of an UPDATE or INSERT; empty for none
 */
record StatementResult(
        List<Query.Field> fields,
        List<Query.Row> rows,
        long affectedRows,
        long insertId,
        boolean insertIdChanged,
        String info) {
    static final StatementResult OK = new StatementResult(List.of(), List.of(), 0, 0, false, "");

    static StatementResult of(Query.QueryResult result) {
        return new StatementResult(
                result.getFieldsList(),
                result.getRowsList(),
                result.getRowsAffected(),
                result.getInsertId(),
                result.getInsertIdChanged() || result.getInsertId() != 0,
                result.getInfo());
    }

    static StatementResult rows(List<Query.Field> fields, List<Query.Row> rows) {
        return new StatementResult(fields, rows, 0, 0, false, "");
    }

    StatementResult withRows(List<Query.Row> newRows) {
        return new StatementResult(fields, newRows, affectedRows, insertId, insertIdChanged, info);
    }

    StatementResult withFields(List<Query.Field> newFields) {
        return new StatementResult(newFields, rows, affectedRows, insertId, insertIdChanged, info);
    }

    StatementResult withFound(long found) {
        return new StatementResult(fields, rows, found, insertId, insertIdChanged, info);
    }

    StatementResult withInsertId(long newInsertId) {
        return new StatementResult(fields, rows, affectedRows, newInsertId, true, info);
    }
}
