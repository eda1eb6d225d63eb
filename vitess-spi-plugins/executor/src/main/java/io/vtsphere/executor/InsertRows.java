package io.vtsphere.executor;

import com.google.protobuf.ByteString;
import io.vitess.proto.Query;
import io.vtsphere.executor.rows.Cells;
import io.vtsphere.executor.rows.Numbers;
import io.vtsphere.planner.Primitive;
import io.vtsphere.planner.QueryText;
import io.vtsphere.planner.RouteValue;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.topo.ShardMap;
import io.vtsphere.topo.ShardRef;
import io.vtsphere.topo.Target;
import io.vtsphere.vindex.Destination;
import io.vtsphere.vindex.KeyspaceId;
import io.vtsphere.vindex.KeyspaceIds;
import io.vtsphere.vindex.LookupVindex;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one INSERT or REPLACE: which of them need a value of a sequence, and which shard each goes to. Computes only.
 *
 * <p>Used once, in this order: {@link #holes}, {@link #fill} when there are any, {@link #split}. Not thread-safe. Source: Vitess' {@code
 * go/vt/vtgate/engine/insert_common.go}.
 */
final class InsertRows {
    private static final Pattern BIND = Pattern.compile("::?([A-Za-z_][A-Za-z0-9_]*)");

    private final Primitive.Insert insert;
    private final Router router;
    private final Binds binds;
    private final List<Integer> holes = new ArrayList<>();
    private long firstGenerated;

    InsertRows(Primitive.Insert insert, Router router, Binds given) {
        this.insert = insert;
        this.router = router;
        this.binds = given.copy();
        if (insert.generate() != null) {
            findHoles(insert.generate().values());
        }
    }

    /** What goes to one shard, and the numbers of its rows, ascending. */
    record Part(ShardQuery shard, Query.BoundQuery query, List<Integer> rows) {}

    private void findHoles(List<RouteValue> values) {
        for (int row = 0; row < values.size(); row++) {
            SqlValue value = binds.value(values.get(row));
            binds.set("__seq" + row, value);
            if (isHole(value)) {
                holes.add(row);
            }
        }
    }

    /** Rows that take a value of the sequence: NULL, or what converts to 0. */
    private static boolean isHole(SqlValue value) {
        if (value.isNull()) {
            return true;
        }
        try {
            return new BigDecimal(value.text().trim()).signum() == 0;
        } catch (NumberFormatException e) {
            // No number: MySQL judges it.
            return false;
        }
    }

    boolean hasHoles() {
        return !holes.isEmpty();
    }

    /** The query that asks the sequence for as many values as rows need one; runs outside of the session's transaction. */
    Query.BoundQuery sequenceQuery() {
        binds.set("n", SqlValue.int64(holes.size()));
        return binds.bind(generate().query(), Map.of());
    }

    Target sequenceTarget() {
        List<ShardQuery> resolved = router.resolve(generate().routing(), binds);
        if (resolved.size() != 1) {
            throw VtException.of(
                    Code.INVALID_ARGUMENT,
                    "auto sequence generation can happen through single shard only, it is getting routed to "
                            + resolved.size() + " shards");
        }
        return resolved.get(0).target();
    }

    private Primitive.Generate generate() {
        return Objects.requireNonNull(insert.generate(), "an INSERT without a sequence");
    }

    /** Gives the rows the values that the sequence's answer begins. */
    void fill(StatementResult answer) {
        ByteString text = answer.rows().size() == 1 ? Cells.get(answer.rows().get(0), 0) : null;
        if (text == null) {
            throw VtException.of(
                    Code.INTERNAL, "a sequence answered with " + answer.rows().size() + " rows where one value is due");
        }
        firstGenerated = Numbers.signed(text);
        for (int i = 0; i < holes.size(); i++) {
            binds.set("__seq" + holes.get(i), SqlValue.int64(firstGenerated + i));
        }
    }

    /** The result as the client sees it: what a sequence generated first is the insert id. */
    StatementResult withGenerated(StatementResult result) {
        return holes.isEmpty() ? result : result.withInsertId(firstGenerated);
    }

    Binds binds() {
        return binds;
    }

    /**
     * The rows by the shard of their primary vindex, in the order in which shards are first met.
     *
     * @throws VtException VT09023 for a row that has no shard, unless such rows are ignored
     */
    List<Part> split() {
        return split(keyspaceIds());
    }

    /** The same for keyspace ids that are known; rows without one are left out. */
    List<Part> split(List<@Nullable KeyspaceId> ids) {
        Map<ShardRef, List<Integer>> byShard = rowsByShard(ids);
        List<Part> parts = new ArrayList<>(byShard.size());
        byShard.forEach((shard, numbers) -> {
            Target target = new Target(insert.routing().keyspace(), shard.name(), router.type());
            parts.add(new Part(new ShardQuery(target), binds.bind(text(numbers), Map.of()), numbers));
        });
        return parts;
    }

    private Map<ShardRef, List<Integer>> rowsByShard(List<@Nullable KeyspaceId> ids) {
        ShardMap map = router.state().keyspace(insert.routing().keyspace()).shards(router.type());
        Map<ShardRef, List<Integer>> byShard = new LinkedHashMap<>();
        for (int row = 0; row < ids.size(); row++) {
            KeyspaceId id = ids.get(row);
            if (id != null) {
                byShard.computeIfAbsent(map.shardFor(id), unused -> new ArrayList<>())
                        .add(row);
            }
        }
        return byShard;
    }

    /**
     * The keyspace id of each row, null for a row that is left out; binds the values of all vindexes.
     *
     * @throws VtException as {@link #split}
     */
    List<@Nullable KeyspaceId> keyspaceIds() {
        Primitive.VindexRows primary = insert.vindexes().get(0);
        List<@Nullable KeyspaceId> ids = new ArrayList<>(primary.rows().size());
        for (int row = 0; row < primary.rows().size(); row++) {
            List<SqlValue> values = values(primary, row);
            KeyspaceId id = only(Router.map(primary.vindex(), values));
            if (id == null && !insert.ignore()) {
                throw VtError.VT09023.with(values);
            }
            ids.add(id != null && isVerified(row, id) ? id : null);
        }
        return ids;
    }

    Primitive.Insert insert() {
        return insert;
    }

    /** Binds the values of the other vindexes, which must lead to the same keyspace id. */
    private boolean isVerified(int row, KeyspaceId id) {
        for (Primitive.VindexRows other :
                insert.vindexes().subList(1, insert.vindexes().size())) {
            List<SqlValue> values = values(other, row);
            if (other.vindex() instanceof LookupVindex) {
                // Owned: its entry is written with the row.
                continue;
            }
            boolean allNull = values.stream().allMatch(SqlValue::isNull);
            if (allNull || Objects.equals(id, only(Router.map(other.vindex(), values)))) {
                continue;
            }
            if (insert.ignore()) {
                return false;
            }
            throw VtException.of(
                    Code.FAILED_PRECONDITION,
                    "values [" + values + "] for column " + other.columns() + " does not map to keyspace ids");
        }
        return true;
    }

    /** The values of a row for a vindex; binds them. */
    List<SqlValue> values(Primitive.VindexRows vindex, int row) {
        List<SqlValue> values = new ArrayList<>(vindex.columns().size());
        for (int column = 0; column < vindex.columns().size(); column++) {
            SqlValue value = binds.value(vindex.rows().get(row).get(column));
            binds.set("_" + vindex.columns().get(column) + "_" + row, value);
            values.add(value);
        }
        return values;
    }

    private static @Nullable KeyspaceId only(Destination destination) {
        if (destination instanceof KeyspaceId id) {
            return id;
        }
        return destination instanceof KeyspaceIds several && several.ids().size() == 1
                ? several.ids().get(0)
                : null;
    }

    /** The statement with only these rows, and the bind variables that are left in it. */
    private QueryText text(List<Integer> numbers) {
        if (numbers.size() == insert.rows().size()) {
            return insert.query();
        }
        StringBuilder sql = new StringBuilder(insert.prefix());
        String separator = "";
        for (int row : numbers) {
            sql.append(separator).append(insert.rows().get(row));
            separator = ", ";
        }
        sql.append(insert.suffix());
        Set<String> known = new HashSet<>(insert.query().binds());
        Set<String> left = new LinkedHashSet<>();
        Matcher matcher = BIND.matcher(sql);
        while (matcher.find()) {
            if (known.contains(matcher.group(1))) {
                left.add(matcher.group(1));
            }
        }
        return new QueryText(sql.toString(), List.copyOf(left));
    }
}
