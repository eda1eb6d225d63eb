package io.vtsphere.executor;

import io.vtsphere.executor.gather.GatheredRows;
import io.vtsphere.planner.GatherPlanner;
import io.vtsphere.planner.Primitive;
import io.vtsphere.planner.QueryText;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The query over gathered rows, with these in bind variables. Immutable. */
final class GatherDocuments {
    /** Most bytes of documents: what fits into a message to a tablet (16 MiB) besides the query. */
    private static final long MAX_DOCUMENT_BYTES = 15L << 20;

    private final Primitive.Gather gather;
    private final String sqlMode;

    /** @param sqlMode under which the query runs */
    GatherDocuments(Primitive.Gather gather, String sqlMode) {
        this.gather = gather;
        this.sqlMode = sqlMode;
    }

    /**
     * The query with the rows in it.
     *
     * @param binds takes the documents
     * @throws io.vtsphere.vterrors.VtException 1153 where they are too large
     */
    QueryText query(Map<String, GatheredRows> gathered, Binds binds) {
        String sql = replace(gather.query().sql(), GatherPlanner.HINT, "SET_VAR(sql_mode='" + sqlMode + "')");
        List<String> names = new ArrayList<>(gather.query().binds());
        long size = 0;
        for (Map.Entry<String, String> place : placeholders().entrySet()) {
            String name = place.getKey();
            GatheredRows rows = Objects.requireNonNull(gathered.get(name), "gathered before");
            byte[] document = rows.document();
            size += document.length;
            if (size > MAX_DOCUMENT_BYTES) {
                throw Scatter.tooMuch("rows gathered from several shards exceed the limit of " + MAX_DOCUMENT_BYTES
                        + " bytes of a message to a tablet");
            }
            binds.set(name, SqlValue.of(SqlType.VARCHAR, document));
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
