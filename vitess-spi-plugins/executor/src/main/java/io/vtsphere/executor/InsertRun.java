package io.vtsphere.executor;

import com.google.protobuf.ByteString;
import io.vitess.proto.Query;
import io.vtsphere.executor.rows.Cells;
import io.vtsphere.executor.rows.Numbers;
import io.vtsphere.planner.Opcode;
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
 * INSERT and REPLACE: values from sequences, then each row to the shard of its primary vindex.
 *
 * <p>Source: Vitess' {@code go/vt/vtgate/engine/insert_common.go}. Not thread-safe: used once.
 */
final class InsertRun {
    private static final Pattern BIND = Pattern.compile("::?([A-Za-z_][A-Za-z0-9_]*)");

    private final Router router;
    private final ShardRun shards;

    InsertRun(Router router, ShardRun shards) {
        this.router = router;
        this.shards = shards;
    }

    StatementResult run(Primitive.Insert insert, Binds given) {
        Binds binds = given.copy();
        long generated = insert.generate() == null ? 0 : generate(insert.generate(), binds);
        StatementResult result = insert(insert, binds);
        return generated == 0 ? result : result.withInsertId(generated);
    }

    private StatementResult insert(Primitive.Insert insert, Binds binds) {
        if (insert.vindexes().isEmpty()) {
            boolean copies = insert.routing().opcode() == Opcode.REFERENCE;
            List<ShardQuery> resolved =
                    copies ? router.everyShard(insert.routing()) : router.resolve(insert.routing(), binds);
            List<StatementResult> results = shards.write(resolved, insert.query(), binds);
            return copies ? results.get(0) : PlanRun.sum(results);
        }
        Map<ShardRef, List<Integer>> rows = rowsByShard(insert, binds);
        if (rows.isEmpty()) {
            return StatementResult.OK;
        }
        List<ShardQuery> order = new ArrayList<>(rows.size());
        Map<ShardQuery, Query.BoundQuery> queries = new LinkedHashMap<>();
        Set<String> known = new HashSet<>(insert.query().binds());
        rows.forEach((shard, numbers) -> {
            Target target = new Target(insert.routing().keyspace(), shard.name(), router.type());
            ShardQuery query = new ShardQuery(target);
            order.add(query);
            queries.put(query, binds.bind(text(insert, numbers, known), Map.of()));
        });
        List<StatementResult> results = shards.write(order, queries);
        return withIdOfLastRow(PlanRun.sum(results), results, rows);
    }

    /** As one MySQL would: where several shards report an insert id, that of the statement's last row counts. */
    private static StatementResult withIdOfLastRow(
            StatementResult sum, List<StatementResult> results, Map<ShardRef, List<Integer>> rows) {
        int last = -1;
        StatementResult from = sum;
        int i = 0;
        for (List<Integer> numbers : rows.values()) {
            StatementResult result = results.get(i++);
            int highest = numbers.get(numbers.size() - 1);
            if (result.insertId() != 0 && highest > last) {
                last = highest;
                from = result;
            }
        }
        return from == sum ? sum : sum.withInsertId(from.insertId());
    }

    /** Takes as many values of the sequence as rows need one. @return the first of them; 0 when none was needed */
    private long generate(Primitive.Generate generate, Binds binds) {
        List<RouteValue> values = generate.values();
        List<Integer> holes = new ArrayList<>();
        for (int row = 0; row < values.size(); row++) {
            SqlValue value = binds.value(values.get(row));
            binds.set("__seq" + row, value);
            if (isHole(value)) {
                holes.add(row);
            }
        }
        if (holes.isEmpty()) {
            return 0;
        }
        binds.set("n", SqlValue.int64(holes.size()));
        List<ShardQuery> resolved = router.resolve(generate.routing(), binds);
        if (resolved.size() != 1) {
            throw VtException.of(
                    Code.INVALID_ARGUMENT,
                    "auto sequence generation can happen through single shard only, it is getting routed to "
                            + resolved.size() + " shards");
        }
        StatementResult answer = shards.standalone(resolved.get(0).target(), binds.bind(generate.query(), Map.of()));
        if (answer.rows().size() != 1) {
            throw VtException.of(
                    Code.INTERNAL, "a sequence answered with " + answer.rows().size() + " rows instead of one");
        }
        @Nullable ByteString text = Cells.get(answer.rows().get(0), 0);
        if (text == null) {
            throw VtException.of(Code.INTERNAL, "a sequence answered with NULL");
        }
        long first = Numbers.signed(text);
        for (int i = 0; i < holes.size(); i++) {
            binds.set("__seq" + holes.get(i), SqlValue.int64(first + i));
        }
        return first;
    }

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

    private Map<ShardRef, List<Integer>> rowsByShard(Primitive.Insert insert, Binds binds) {
        Primitive.VindexRows primary = insert.vindexes().get(0);
        ShardMap map = router.state().keyspace(insert.routing().keyspace()).shards(router.type());
        Map<ShardRef, List<Integer>> byShard = new LinkedHashMap<>();
        for (int row = 0; row < primary.rows().size(); row++) {
            List<SqlValue> values = values(primary, row, binds);
            KeyspaceId id = only(Router.map(primary.vindex(), values));
            if (id == null && !insert.ignore()) {
                throw VtError.VT09023.with(values);
            }
            if (id == null || !verified(insert, row, id, binds)) {
                continue;
            }
            byShard.computeIfAbsent(map.shardFor(id), unused -> new ArrayList<>())
                    .add(row);
        }
        return byShard;
    }

    /** Binds the values of the other vindexes, which must lead to the same keyspace id. */
    private static boolean verified(Primitive.Insert insert, int row, KeyspaceId id, Binds binds) {
        for (Primitive.VindexRows other :
                insert.vindexes().subList(1, insert.vindexes().size())) {
            List<SqlValue> values = values(other, row, binds);
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

    private static List<SqlValue> values(Primitive.VindexRows vindex, int row, Binds binds) {
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
    private static QueryText text(Primitive.Insert insert, List<Integer> numbers, Set<String> known) {
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
        Set<String> binds = new LinkedHashSet<>();
        Matcher matcher = BIND.matcher(sql);
        while (matcher.find()) {
            if (known.contains(matcher.group(1))) {
                binds.add(matcher.group(1));
            }
        }
        return new QueryText(sql.toString(), List.copyOf(binds));
    }
}
