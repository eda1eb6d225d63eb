package io.vtsphere.executor;

import com.google.protobuf.ByteString;
import io.vitess.proto.Query;
import io.vtsphere.executor.gather.GatheredColumn;
import io.vtsphere.executor.rows.Cells;
import io.vtsphere.planner.GatheredTable;
import io.vtsphere.planner.Primitive;
import io.vtsphere.planner.QueryText;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.topo.Target;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.State;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The columns of the tables that a statement gathers, asked from a tablet of each keyspace, and the SQL mode that the session has there.
 *
 * <p>Asked each time: a definition that is out of date would change values without a word.
 */
final class GatherDefinitions {
    private static final String ONLY_FULL_GROUP_BY = "ONLY_FULL_GROUP_BY";

    /** A mode that means nothing to a query: a hint cannot set the empty one. */
    private static final String HARMLESS = "NO_ENGINE_SUBSTITUTION";

    private final Map<String, List<GatheredColumn>> columns = new HashMap<>();
    private String sqlMode = HARMLESS;

    private GatherDefinitions() {}

    static GatherDefinitions read(Primitive.Gather gather, Router router, ShardRun shards) {
        GatherDefinitions definitions = new GatherDefinitions();
        Map<String, Set<String>> tables = new LinkedHashMap<>();
        for (GatheredTable table : gather.tables()) {
            tables.computeIfAbsent(table.keyspace(), unused -> new LinkedHashSet<>())
                    .add(table.table());
        }
        String hint = gather.hints().isEmpty() ? "" : "/*+ " + gather.hints() + " */ ";
        QueryText query = new QueryText(
                "select " + hint
                        + "table_name, column_name, data_type, column_type, character_set_name, collation_name,"
                        + " @@sql_mode from information_schema.columns where table_schema = database()"
                        + " and table_name in ::__tables order by table_name, ordinal_position",
                List.of("__tables"));
        if (tables.isEmpty()) {
            tables.put(gather.routing().keyspace(), Set.of(""));
            query = new QueryText("select " + hint + "'', '', '', '', '', '', @@sql_mode from dual", List.of());
        }
        QueryText asked = query;
        tables.forEach((keyspace, names) -> {
            Target any = router.any(keyspace, router.state().keyspace(keyspace).shards(router.type()));
            Binds binds = new Binds()
                    .setList("__tables", names.stream().map(SqlValue::varchar).toList());
            for (Query.Row row :
                    shards.read(any, binds.bind(asked, Map.of()), false).rows()) {
                definitions.add(keyspace, row);
            }
        });
        return definitions;
    }

    private void add(String keyspace, Query.Row row) {
        GatheredColumn column = new GatheredColumn(
                text(row, 1),
                text(row, 2),
                text(row, 3),
                Cells.get(row, 4) == null ? null : text(row, 4),
                Cells.get(row, 5) == null ? null : text(row, 5));
        columns.computeIfAbsent(keyspace + "." + text(row, 0), unused -> new ArrayList<>())
                .add(column);
        sqlMode = text(row, 6);
    }

    private static String text(Query.Row row, int column) {
        ByteString value = Cells.get(row, column);
        return value == null ? "" : value.toStringUtf8();
    }

    /**
     * The columns of a table in their order.
     *
     * @throws VtException 1146 when the tablet has no such table
     */
    List<GatheredColumn> columns(GatheredTable table) {
        List<GatheredColumn> found = columns.get(table.keyspace() + "." + table.table());
        if (found == null) {
            throw VtException.of(
                    Code.NOT_FOUND,
                    State.NO_SUCH_TABLE,
                    "Table '" + table.keyspace() + "." + table.table() + "' doesn't exist");
        }
        return found;
    }

    /**
     * The session's SQL mode for the query over copies of rows. Without ONLY_FULL_GROUP_BY where the query was checked against the tables
     * themselves: the copies have no keys by which MySQL would see that columns depend on the grouped ones.
     */
    String sqlMode(boolean checked) {
        String mode = Arrays.stream(sqlMode.split(","))
                .filter(word -> !(checked && word.equals(ONLY_FULL_GROUP_BY)))
                .collect(Collectors.joining(","));
        return mode.isEmpty() ? HARMLESS : mode;
    }
}
