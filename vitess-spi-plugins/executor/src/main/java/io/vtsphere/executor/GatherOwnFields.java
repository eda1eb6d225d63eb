package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vtsphere.executor.gather.GatheredColumn;
import io.vtsphere.executor.gather.GatheredRows;
import io.vtsphere.planner.GatheredOrigin;
import io.vtsphere.planner.GatheredTable;
import io.vtsphere.planner.Primitive;
import io.vtsphere.planner.QueryText;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives columns of a gathered query that are columns of a table the table's own definition of them, which the copies of its rows have lost.
 * Blocking, on a session thread; used once.
 *
 * <p>A shard says it with the rows of the table; where those were read as expressions, or not at all, it is asked.
 */
final class GatherOwnFields {
    /** MySQL's ER_NO_SUCH_TABLE. */
    private static final int NO_SUCH_TABLE = 1146;

    /** MySQL's ER_BAD_FIELD_ERROR. */
    private static final int BAD_FIELD = 1054;

    private final Primitive.Gather gather;
    private final Map<String, GatheredRows> gathered;
    private final Map<String, Map<String, Query.Field>> known = new HashMap<>();

    /** Asks any tablet of a keyspace for the columns of a query without rows. */
    interface Ask {
        List<Query.Field> fields(String keyspace, QueryText query);
    }

    /** @param gathered all rows by their name, once they are there */
    GatherOwnFields(Primitive.Gather gather, Map<String, GatheredRows> gathered) {
        this.gather = gather;
        this.gathered = gathered;
    }

    /** A shard's words of a table's columns, in their order; those read as expressions tell nothing of it. */
    void ofTable(String rows, List<GatheredColumn> columns, List<Query.Field> fields) {
        for (int i = 0; i < columns.size() && i < fields.size(); i++) {
            Query.Field field = fields.get(i);
            if (!field.getOrgTable().isEmpty()
                    && field.getOrgName().equalsIgnoreCase(columns.get(i).name())) {
                put(rows, columns.get(i).name(), field);
            }
        }
    }

    /** The columns that a query inside the query gave. */
    void ofUnit(String rows, List<Query.Field> fields) {
        fields.forEach(field -> put(rows, field.getName(), field));
    }

    private void put(String rows, String column, Query.Field field) {
        known.computeIfAbsent(rows, unused -> new HashMap<>()).put(column.toLowerCase(Locale.ROOT), field);
    }

    /** One column of gathered rows. */
    private record Own(String rows, String column, boolean nullable) {}

    /**
     * The columns with those replaced that are known better.
     *
     * @param fields as MySQL described them
     */
    List<Query.Field> in(List<Query.Field> fields, Ask ask) {
        Map<Integer, Own> own = new LinkedHashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            Own column = own(fields.get(i));
            if (column != null) {
                own.put(i, column);
            }
        }
        for (GatheredTable table : gather.tables()) {
            Set<String> missing = new LinkedHashSet<>();
            for (Own column : own.values()) {
                if (column.rows().equals(table.name()) && find(column) == null) {
                    missing.add(column.column());
                }
            }
            if (!missing.isEmpty()) {
                ask(table, missing, ask);
            }
        }
        List<Query.Field> described = gather.check() == null ? withKeys(fields, ask) : new ArrayList<>(fields);
        own.forEach((index, column) -> described.set(index, described(fields.get(index), column)));
        return described;
    }

    /** Columns of tables that were read where they are, whose keys MySQL forgets when it sorts rows in a table of its own. */
    private List<Query.Field> withKeys(List<Query.Field> fields, Ask ask) {
        Map<String, Set<String>> tables = new LinkedHashMap<>();
        for (Query.Field field : fields) {
            boolean column = !field.getDatabase().isEmpty()
                    && !field.getOrgTable().isEmpty()
                    && !field.getOrgName().isEmpty();
            if (column && (field.getFlags() & Fields.PART_KEY) == 0) {
                tables.computeIfAbsent(field.getOrgTable(), unused -> new LinkedHashSet<>())
                        .add(GatheredColumn.quoted(field.getOrgName()));
            }
        }
        Map<String, Map<String, Integer>> flags = new HashMap<>();
        tables.forEach((table, columns) -> {
            String sql =
                    "select " + String.join(", ", columns) + " from " + GatheredColumn.quoted(table) + " where 1 != 1";
            for (Query.Field own : ofTable(sql, ask)) {
                flags.computeIfAbsent(table, unused -> new HashMap<>()).put(own.getOrgName(), own.getFlags());
            }
        });
        List<Query.Field> described = new ArrayList<>(fields.size());
        for (Query.Field field : fields) {
            Integer own = flags.getOrDefault(field.getOrgTable(), Map.of()).get(field.getOrgName());
            int said = field.getFlags();
            described.add(
                    own == null
                            ? field
                            : field.toBuilder()
                                    .setFlags((own & ~Fields.NOT_NULL) | (said & Fields.NOT_NULL))
                                    .build());
        }
        return described;
    }

    /** None where there is no such table or column: of rows that went through a table of its own, MySQL gives the alias as the table's name. */
    private List<Query.Field> ofTable(String sql, Ask ask) {
        try {
            return ask.fields(gather.routing().keyspace(), QueryText.of(sql));
        } catch (VtException e) {
            if (e.errno() == NO_SUCH_TABLE || e.errno() == BAD_FIELD) {
                return List.of();
            }
            throw e;
        }
    }

    private Query.@Nullable Field find(Own column) {
        return known.getOrDefault(column.rows(), Map.of()).get(column.column());
    }

    private void ask(GatheredTable table, Set<String> names, Ask ask) {
        List<GatheredColumn> columns = new ArrayList<>();
        for (String name : names) {
            GatheredColumn column = rows(table.name()).column(name);
            if (column != null) {
                columns.add(column);
            }
        }
        Primitive.Route route =
                table.rows() instanceof Primitive.VindexLookup lookup ? lookup.route() : (Primitive.Route) table.rows();
        String sql = route.fieldQuery().replace(GatheredTable.COLUMNS, GatheredRows.plainList(columns));
        ofTable(table.name(), columns, ask.fields(table.keyspace(), QueryText.of(sql)));
    }

    private GatheredRows rows(String name) {
        return gathered.getOrDefault(name, new GatheredRows(List.of(), List.of()));
    }

    /** What the column is of; null where that is not one thing for sure. */
    private @Nullable Own own(Query.Field field) {
        if (!field.getDatabase().isEmpty() || field.getTable().isEmpty()) {
            return null;
        }
        Own found = null;
        for (GatheredOrigin origin : gather.origins()) {
            boolean table = isTable(origin.rows());
            if (table && !field.getOrgTable().isEmpty()) {
                continue;
            }
            String column = origin.columnOf(field.getOrgName()).toLowerCase(Locale.ROOT);
            boolean meant = origin.table().equals(field.getTable())
                    && origin.isNamed(field.getOrgName())
                    && rows(origin.rows()).column(column) != null
                    && !(table && gather.check() != null);
            if (meant) {
                if (found != null) {
                    return null;
                }
                found = new Own(origin.rows(), column, origin.nullable());
            }
        }
        return found;
    }

    private boolean isTable(String rows) {
        return gather.tables().stream().anyMatch(table -> table.name().equals(rows));
    }

    private Query.Field described(Query.Field said, Own column) {
        Query.Field own = find(column);
        if (own == null || !GatherFields.kind(own).equals(GatherFields.kind(said))) {
            return said;
        }
        Query.Field.Builder field = own.toBuilder().setName(said.getName());
        if (isTable(column.rows())) {
            field.setTable(said.getTable());
        }
        if (column.nullable()) {
            field.setFlags(own.getFlags() & ~Fields.NOT_NULL);
        }
        return field.build();
    }
}
