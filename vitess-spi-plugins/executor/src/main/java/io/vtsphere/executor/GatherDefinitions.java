package io.vtsphere.executor;

import com.google.protobuf.ByteString;
import io.vitess.proto.Query;
import io.vtsphere.executor.TableDefinitions.Definition;
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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The columns of the tables that a statement gathers, and the SQL mode that its session has on tablets: known from a moment ago, else asked from a
 * tablet of each keyspace. Used once, on a session thread.
 */
final class GatherDefinitions {
    private static final String ONLY_FULL_GROUP_BY = "ONLY_FULL_GROUP_BY";

    /** A mode that means nothing to a query: a hint cannot set the empty one. */
    private static final String HARMLESS = "NO_ENGINE_SUBSTITUTION";

    /** Stands for the table of a statement that gathers none, but needs the SQL mode. */
    private static final String NONE = "";

    private final Primitive.Gather gather;
    private final Router router;
    private final TableDefinitions known;
    private final boolean keeps;
    private final long changes;
    private final Map<TableDefinitions.Key, Definition> tables = new LinkedHashMap<>();
    private boolean remembered;

    /** @param keeps whether what others asked, or this one will, holds for several statements: not on a connection of the session's own */
    GatherDefinitions(Primitive.Gather gather, Router router, TableDefinitions known, boolean keeps) {
        this.gather = gather;
        this.router = router;
        this.known = known;
        this.keeps = keeps;
        this.changes = known.changes();
        if (keeps) {
            for (TableDefinitions.Key key : keys()) {
                Definition found = known.find(key);
                if (found != null) {
                    tables.put(key, found);
                }
            }
        }
        this.remembered = !tables.isEmpty();
    }

    private Set<TableDefinitions.Key> keys() {
        Set<TableDefinitions.Key> keys = new LinkedHashSet<>();
        gather.tables().forEach(table -> keys.add(key(table.keyspace(), table.table())));
        if (keys.isEmpty()) {
            keys.add(key(gather.routing().keyspace(), NONE));
        }
        return keys;
    }

    private TableDefinitions.Key key(String keyspace, String what) {
        return new TableDefinitions.Key(keyspace, router.type(), gather.hints(), what);
    }

    /** Whether something is from a moment ago, and may be out of date. */
    boolean isRemembered() {
        return remembered;
    }

    /** Has what was known asked anew, by every statement. */
    void forget() {
        keys().forEach(known::forget);
    }

    /** The queries that ask for what is not known, one for each keyspace; each answer goes to {@link #add}. */
    List<ShardRead> questions() {
        Map<String, List<SqlValue>> missing = new LinkedHashMap<>();
        for (TableDefinitions.Key key : keys()) {
            if (!tables.containsKey(key)) {
                missing.computeIfAbsent(key.keyspace(), unused -> new ArrayList<>())
                        .add(SqlValue.varchar(key.what()));
            }
        }
        String hint = gather.hints().isEmpty() ? "" : "/*+ " + gather.hints() + " */ ";
        QueryText query = gather.tables().isEmpty()
                ? QueryText.of("select " + hint + "'', '', '', '', '', '', @@sql_mode from dual")
                : new QueryText(
                        "select " + hint
                                + "table_name, column_name, data_type, column_type, character_set_name, collation_name,"
                                + " @@sql_mode from information_schema.columns where table_schema = database()"
                                + " and table_name in ::__tables order by table_name, ordinal_position",
                        List.of("__tables"));
        List<ShardRead> questions = new ArrayList<>();
        missing.forEach((keyspace, names) -> {
            Target any = router.any(keyspace, router.state().keyspace(keyspace).shards(router.type()));
            questions.add(
                    new ShardRead(List.of(new ShardQuery(any)), query, new Binds().setList("__tables", names), false));
        });
        return questions;
    }

    /** What a tablet answered to one of the questions. */
    void add(ShardRead question, StatementResult answer) {
        String keyspace = question.shards().get(0).target().keyspace();
        Map<String, List<GatheredColumn>> columns = new LinkedHashMap<>();
        String sqlMode = HARMLESS;
        for (Query.Row row : answer.rows()) {
            columns.computeIfAbsent(text(row, 0), unused -> new ArrayList<>())
                    .add(new GatheredColumn(
                            text(row, 1),
                            text(row, 2),
                            text(row, 3),
                            Cells.get(row, 4) == null ? null : text(row, 4),
                            Cells.get(row, 5) == null ? null : text(row, 5)));
            sqlMode = text(row, 6);
        }
        for (Map.Entry<String, List<GatheredColumn>> table : columns.entrySet()) {
            TableDefinitions.Key key = key(keyspace, table.getKey());
            Definition definition = new Definition(table.getValue(), sqlMode);
            tables.put(key, definition);
            if (keeps) {
                known.add(key, definition, changes);
            }
        }
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
        return definition(table).columns();
    }

    private Definition definition(GatheredTable table) {
        Definition found = tables.get(key(table.keyspace(), table.table()));
        if (found == null) {
            throw VtException.of(
                    Code.NOT_FOUND,
                    State.NO_SUCH_TABLE,
                    "Table '" + table.keyspace() + "." + table.table() + "' doesn't exist");
        }
        return found;
    }

    /** Whether a table's values come as they did when its definition was asked. */
    boolean fits(GatheredTable table, List<GatheredColumn> columns, List<Query.Field> fields) {
        Definition definition = definition(table);
        boolean fits = true;
        for (int i = 0; i < columns.size() && i < fields.size(); i++) {
            fits &= definition.isStill(columns.get(i).read(), fields.get(i));
        }
        return fits;
    }

    /** Asks a tablet of a keyspace for the columns of a query, unless that was done a moment ago. */
    List<Query.Field> fields(String keyspace, QueryText query, ShardRun shards) {
        TableDefinitions.Key key = key(keyspace, query.sql());
        List<Query.Field> found = keeps ? known.findFields(key) : null;
        if (found == null) {
            Target any = router.any(keyspace, router.state().keyspace(keyspace).shards(router.type()));
            found = shards.read(any, new Binds().bind(query, Map.of()), false).fields();
            if (keeps) {
                known.addFields(key, List.copyOf(found), changes);
            }
        }
        return found;
    }

    /**
     * The collations of a query's columns, unless they were asked a moment ago.
     *
     * @param ask has a tablet run a query that gives them
     */
    List<String> collations(String keyspace, Query.BoundQuery query, Supplier<List<String>> ask) {
        StringBuilder what = new StringBuilder(query.getSql());
        new TreeMap<>(query.getBindVariablesMap()).forEach((name, value) -> {
            what.append(' ').append(name).append(value.getTypeValue());
            value.getValuesList().forEach(element -> what.append(',').append(element.getTypeValue()));
        });
        TableDefinitions.Key key = key(keyspace, what.toString());
        List<String> found = keeps ? known.findCollations(key) : null;
        if (found == null) {
            found = ask.get();
            if (keeps) {
                known.addCollations(key, List.copyOf(found), changes);
            }
        }
        return found;
    }

    /**
     * The session's SQL mode for the query over copies of rows. Without ONLY_FULL_GROUP_BY where the query was checked against the tables
     * themselves: the copies have no keys by which MySQL would see that columns depend on the grouped ones.
     */
    String sqlMode(boolean checked) {
        String own = tables.isEmpty()
                ? HARMLESS
                : Objects.requireNonNull(tables.values().iterator().next()).sqlMode();
        String mode = Arrays.stream(own.split(","))
                .filter(word -> !(checked && word.equals(ONLY_FULL_GROUP_BY)))
                .collect(Collectors.joining(","));
        return mode.isEmpty() ? HARMLESS : mode;
    }
}
