package io.vtsphere.tablet.query;

import io.vitess.proto.Query.BindVariable;
import io.vitess.proto.Query.BoundQuery;
import io.vitess.proto.Query.ExecuteOptions;
import io.vtsphere.tablet.mysql.QueryControl;
import java.util.Map;

/**
 * One statement that a client wants to run.
 *
 * @param loop index of the event loop that the call arrived on
 */
public record StatementCall(
        int loop,
        String sql,
        QueryPlan plan,
        Map<String, BindVariable> variables,
        ExecuteOptions options,
        QueryControl control) {
    public static StatementCall of(
            int loop, BoundQuery query, QueryPlan plan, ExecuteOptions options, QueryControl control) {
        return new StatementCall(loop, query.getSql(), plan, query.getBindVariablesMap(), options, control);
    }
}
