package io.vtsphere.executor;

import io.vtsphere.executor.gather.GatheredRows;
import io.vtsphere.planner.GatherPlanner;
import io.vtsphere.planner.Primitive;
import io.vtsphere.planner.QueryText;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Puts gathered rows into a query over them, as bind variables. Immutable. */
final class GatherDocuments {
    private final Primitive.Gather gather;
    private final String sqlMode;
    private final long most;

    /**
     * @param sqlMode under which the query runs
     * @param most bytes of all documents
     */
    GatherDocuments(Primitive.Gather gather, String sqlMode, long most) {
        this.gather = gather;
        this.sqlMode = sqlMode;
        this.most = most;
    }

    /** Whether the rows are few enough for one query. */
    boolean hold(Map<String, GatheredRows> rows) {
        return rows.values().stream().mapToLong(GatheredRows::mostDocumentBytes).sum() <= most
                || rows.values().stream().mapToLong(GatheredRows::documentBytes).sum() <= most;
    }

    VtException tooLarge() {
        return Scatter.tooMuch("rows gathered from several shards exceed the limit of " + most
                + " bytes of a message to a tablet (gather-bytes)");
    }

    /**
     * The query with the rows in it.
     *
     * @param query with a placeholder for each
     * @param binds takes the documents
     */
    QueryText query(QueryText query, Map<String, GatheredRows> gathered, Binds binds) {
        String sql = replace(query.sql(), GatherPlanner.HINT, "SET_VAR(sql_mode='" + sqlMode + "')");
        List<String> names = new ArrayList<>(query.binds());
        for (Map.Entry<String, String> place : placeholders().entrySet()) {
            String name = place.getKey();
            GatheredRows rows = Objects.requireNonNull(gathered.get(name), "gathered before");
            binds.set(name, SqlValue.of(SqlType.VARCHAR, rows.document()));
            names.add(name);
            sql = replace(sql, place.getValue(), name + " as (" + rows.query(name) + ")");
        }
        return new QueryText(sql, names);
    }

    private Map<String, String> placeholders() {
        Map<String, String> placeholders = new LinkedHashMap<>();
        gather.units().forEach(unit -> placeholders.put(unit.name(), unit.placeholder()));
        gather.tables().forEach(table -> placeholders.put(table.name(), table.placeholder()));
        return placeholders;
    }

    static String replace(String text, String part, String by) {
        int at = text.indexOf(part);
        return at < 0 ? text : text.substring(0, at) + by + text.substring(at + part.length());
    }
}
