package io.vtsphere.executor.join;

import com.google.protobuf.ByteString;
import io.vitess.proto.Query;
import io.vtsphere.executor.rows.Cells;
import io.vtsphere.planner.JoinGuard;
import io.vtsphere.planner.JoinLink;
import io.vtsphere.planner.JoinPart;
import io.vtsphere.planner.OrderKey;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One part of a join on its way: takes joined rows of the parts before it, says which values to ask for, and puts its own rows to them.
 *
 * <p>A joined row is an array with a row of each part, null where an outer join has none. Confined to one execution.
 */
public final class JoinStep {
    /** Values asked for at first. */
    private static final int FIRST_KEYS = 500;

    /** Most values asked for at once. */
    private static final int MAX_KEYS = 2_000;

    /** Rows that one question should bring: tablets give no more than some 10,000. */
    private static final int WANTED_ROWS = 5_000;

    private static final ByteString TRUE = ByteString.copyFromUtf8("1");

    private final JoinPart part;
    private final int number;
    private final List<LinkedColumn> earlier = new ArrayList<>();
    private List<LinkedColumn> own = List.of();
    private int most = FIRST_KEYS;

    /**
     * @param number of the part
     * @param partFields the columns of the parts before it
     * @throws VtException VT12001 for columns of types by whose values rows cannot be told to go together
     */
    public JoinStep(JoinPart part, int number, List<List<Query.Field>> partFields) {
        this.part = part;
        this.number = number;
        for (JoinLink link : part.links()) {
            earlier.add(LinkedColumn.of(link.earlier(), partFields.get(link.part())));
        }
    }

    /** The rows of the first part as joined rows of so many parts. */
    public static List<Query.@Nullable Row[]> first(List<Query.Row> rows, int parts) {
        List<Query.@Nullable Row[]> tuples = new ArrayList<>(rows.size());
        for (Query.Row row : rows) {
            Query.@Nullable Row[] tuple = new Query.Row[parts];
            tuple[0] = row;
            tuples.add(tuple);
        }
        return tuples;
    }

    /**
     * Joined rows of which at most as many values are asked for as one question should have.
     *
     * @param values those values, each once; none for a part without links
     */
    public record Batch(List<Query.@Nullable Row[]> rows, List<SqlValue> values) {}

    /** The next rows from {@code start} on. */
    public Batch next(List<Query.@Nullable Row[]> rows, int start) {
        if (part.links().isEmpty()) {
            return new Batch(rows.subList(start, rows.size()), List.of());
        }
        Map<Object, SqlValue> values = new LinkedHashMap<>();
        int end = start;
        while (end < rows.size() && values.size() < most) {
            Query.@Nullable Row[] joined = rows.get(end++);
            Query.Row row = joined[part.links().get(0).part()];
            Object key =
                    row == null || !isGuarded(joined) ? null : earlier.get(0).key(row);
            if (row != null && key != null && !values.containsKey(key)) {
                values.put(key, earlier.get(0).value(row));
            }
        }
        return new Batch(rows.subList(start, end), List.copyOf(values.values()));
    }

    /** Whether its rows are to be looked for on all shards, because texts that are equal may lie on any. */
    public boolean asksEverywhere() {
        return !earlier.isEmpty() && earlier.get(0).isText();
    }

    /**
     * The joined rows with this part's rows.
     *
     * @param fields this part's columns
     * @param found its rows for the values of the batch
     * @throws VtException VT12001 where it is not certain which rows go together
     */
    public List<Query.@Nullable Row[]> join(Batch batch, List<Query.Field> fields, List<Query.Row> found) {
        describe(fields);
        Map<Object, List<Query.Row>> byKey = new HashMap<>();
        for (Query.Row row : found) {
            Object key = ownKey(row);
            if (key != null) {
                byKey.computeIfAbsent(key, unused -> new ArrayList<>()).add(row);
            }
        }
        int[] nulls = nulls(fields);
        List<Query.@Nullable Row[]> joined = new ArrayList<>();
        for (Query.@Nullable Row[] row : batch.rows()) {
            Object key = earlierKey(row);
            List<Query.Row> matching = key == null ? List.of() : byKey.getOrDefault(key, List.of());
            for (Query.Row match : matching) {
                if (isNull(match, nulls)) {
                    joined.add(with(row, match));
                }
            }
            if (matching.isEmpty() && part.outer()) {
                joined.add(row);
            }
        }
        requireAlike(fields);
        if (!batch.values().isEmpty()) {
            int each = Math.max(1, found.size() / batch.values().size());
            most = Math.max(1, Math.min(MAX_KEYS, WANTED_ROWS / each));
        }
        return joined;
    }

    /** MySQL finds the date 0000-00-00 by IS NULL in columns that hold no NULL. */
    private int[] nulls(List<Query.Field> fields) {
        int[] nulls = new int[part.nulls().size()];
        for (int i = 0; i < nulls.length; i++) {
            nulls[i] = OrderKey.at(part.nulls().get(i), fields.size());
            Query.Field field = fields.get(nulls[i]);
            boolean date = field.getType() == Query.Type.DATE || field.getType() == Query.Type.DATETIME;
            if (date && (field.getFlags() & Query.MySqlFlag.NOT_NULL_FLAG_VALUE) != 0) {
                throw VtError.VT12001.with("IS NULL of column '" + field.getName()
                        + "', which is never NULL, of a table that an outer join over several shards fills up");
            }
        }
        return nulls;
    }

    private static boolean isNull(Query.Row row, int[] columns) {
        for (int column : columns) {
            if (row.getLengths(column) >= 0) {
                return false;
            }
        }
        return true;
    }

    private void describe(List<Query.Field> fields) {
        if (own.isEmpty()) {
            own = part.links().stream()
                    .map(link -> LinkedColumn.of(link.own(), fields))
                    .toList();
        }
    }

    /**
     * To be called once all rows are there, also where none were.
     *
     * @param fields this part's columns
     * @throws VtException VT12001 where it is not certain which rows go together
     */
    public void requireAlike(List<Query.Field> fields) {
        describe(fields);
        for (int i = 0; i < own.size(); i++) {
            earlier.get(i).requireAlike(own.get(i), part.links().get(i).oneCollation());
        }
    }

    private Query.@Nullable Row[] with(Query.@Nullable Row[] row, Query.Row match) {
        Query.@Nullable Row[] longer = row.clone();
        longer[number] = match;
        return longer;
    }

    private @Nullable Object ownKey(Query.Row row) {
        List<Object> keys = new ArrayList<>(own.size());
        for (LinkedColumn column : own) {
            Object key = column.key(row);
            if (key == null) {
                return null;
            }
            keys.add(key);
        }
        return keys;
    }

    /** Whether the conditions on the parts before hold. */
    private boolean isGuarded(Query.@Nullable Row[] joined) {
        for (JoinGuard guard : part.guards()) {
            Query.Row row = joined[guard.part()];
            ByteString holds = row == null ? null : Cells.get(row, OrderKey.at(guard.holds(), row.getLengthsCount()));
            if (!TRUE.equals(holds)) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Object earlierKey(Query.@Nullable Row[] row) {
        if (!isGuarded(row)) {
            return null;
        }
        List<Object> keys = new ArrayList<>(earlier.size());
        for (int i = 0; i < earlier.size(); i++) {
            Query.Row from = row[part.links().get(i).part()];
            Object key = from == null ? null : earlier.get(i).key(from);
            if (key == null) {
                return null;
            }
            keys.add(key);
        }
        return keys;
    }
}
