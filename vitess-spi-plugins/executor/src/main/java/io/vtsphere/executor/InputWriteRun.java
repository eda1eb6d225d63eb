package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vtsphere.executor.rows.Cells;
import io.vtsphere.planner.InputTarget;
import io.vtsphere.planner.Plan;
import io.vtsphere.planner.Primitive;
import io.vtsphere.planner.QueryText;
import io.vtsphere.sql.ast.Statement;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.topo.Target;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Carries out a {@link Primitive.InputWrite}: asks for the primary keys, has the query find and lock the rows, and writes them by their keys.
 * Blocking, on a session thread, in a transaction; used once.
 */
final class InputWriteRun {
    /** Most rows of one statement to the tablets. */
    private static final int BATCH = 1_000;

    /** The types whose values, sent back, find their own row and no other. */
    private static final Set<SqlType> KEY_TYPES = Set.of(
            SqlType.DECIMAL,
            SqlType.DATE,
            SqlType.TIME,
            SqlType.DATETIME,
            SqlType.VARCHAR,
            SqlType.CHAR,
            SqlType.TEXT,
            SqlType.VARBINARY,
            SqlType.BINARY,
            SqlType.BLOB);

    private final Primitive.InputWrite step;
    private final Router router;
    private final ShardRun shards;
    private final Function<Statement, Plan> planner;
    private final BiFunction<Primitive, Binds, StatementResult> steps;
    private final List<Row> rows = new ArrayList<>();
    private boolean strict;
    private long affected;
    private StatementResult last = StatementResult.OK;

    /** What is written to one row of one target. */
    private record Row(int target, List<SqlValue> key, List<SqlValue> values) {}

    /** @param steps runs the plans of the query and of the writes */
    InputWriteRun(
            Primitive.InputWrite step,
            Router router,
            ShardRun shards,
            Function<Statement, Plan> planner,
            BiFunction<Primitive, Binds, StatementResult> steps) {
        this.step = step;
        this.router = router;
        this.shards = shards;
        this.planner = planner;
        this.steps = steps;
    }

    /** @throws VtException also when the rows cannot be told from each other, or are too many to keep */
    StatementResult run(Binds binds) {
        List<List<String>> keys = new ArrayList<>();
        for (InputTarget target : step.rows().targets()) {
            keys.add(target.key(primaryKey(target)));
        }
        Primitive query = planner.apply(step.rows().query(keys)).root();
        StatementResult found = shards.toWrite(strict, () -> steps.apply(query, binds));
        collect(keys, found);
        for (int target = 0; target < keys.size(); target++) {
            write(target, keys.get(target), binds);
        }
        return new StatementResult(List.of(), List.of(), affected, last.insertId(), last.insertIdChanged(), "");
    }

    /** The columns of the table's primary key; what is set to them cannot be written by them. */
    private List<String> primaryKey(InputTarget target) {
        String hints = step.rows().hints();
        QueryText asked = new QueryText(
                "select " + (hints.isEmpty() ? "" : "/*+ " + hints + " */ ")
                        + "column_name, @@sql_mode, @@sql_safe_updates from information_schema.statistics"
                        + " where table_schema = database() and table_name = :__table and index_name = 'PRIMARY'"
                        + " order by seq_in_index",
                List.of("__table"));
        Target any = router.any(
                target.keyspace(), router.state().keyspace(target.keyspace()).shards(router.type()));
        Binds name = new Binds().set("__table", SqlValue.varchar(target.name()));
        StatementResult answer = shards.read(any, name.bind(asked, Map.of()), false);
        String verb = target.update() ? "UPDATE" : "DELETE";
        List<String> columns = new ArrayList<>();
        for (Query.Row row : answer.rows()) {
            List<SqlValue> values = LookupRun.values(row, answer.fields());
            columns.add(values.get(0).text());
            strict |= values.get(1).text().contains("STRICT_");
            if (!step.limited() && values.get(2).text().equals("1")) {
                throw VtError.VT12001.with(verb + " without LIMIT over several shards with sql_safe_updates");
            }
        }
        if (columns.isEmpty()) {
            throw VtError.VT12001.with(
                    verb + " over several shards of table '" + target.name() + "', which has no primary key");
        }
        target.assignments().forEach(assignment -> {
            String set = assignment.column().name();
            if (columns.stream().anyMatch(set::equalsIgnoreCase)) {
                throw VtError.VT12001.with("UPDATE over several shards of column '" + set + "' of the primary key");
            }
        });
        return columns;
    }

    private void collect(List<List<String>> keys, StatementResult found) {
        shards.requireRoom(found.rows().size(), Cells.bytes(found.rows()));
        List<SqlType> types = types(keys, found.fields());
        List<Set<List<SqlValue>>> seen = new ArrayList<>();
        keys.forEach(key -> seen.add(new HashSet<>()));
        for (Query.Row row : found.rows()) {
            List<SqlValue> values = new ArrayList<>(types.size());
            List<SqlValue> cells = LookupRun.values(row, found.fields());
            for (int column = 0; column < types.size(); column++) {
                values.add(InsertSelectRun.bound(cells.get(column), types.get(column)));
            }
            int from = 0;
            for (int i = 0; i < keys.size(); i++) {
                int to = from + keys.get(i).size();
                int end = to + step.rows().targets().get(i).values().size();
                List<SqlValue> key = List.copyOf(values.subList(from, to));
                // an outer join gives rows without a row of this table
                if (!key.stream().allMatch(SqlValue::isNull) && seen.get(i).add(key)) {
                    rows.add(new Row(i, key, List.copyOf(values.subList(to, end))));
                }
                from = end;
            }
        }
    }

    private List<SqlType> types(List<List<String>> keys, List<Query.Field> fields) {
        List<SqlType> types = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            InputTarget target = step.rows().targets().get(i);
            for (String column : keys.get(i)) {
                SqlType type = SqlType.ofNumber(fields.get(types.size()).getTypeValue());
                if (type == null || !(type.isIntegral() || KEY_TYPES.contains(type))) {
                    throw VtError.VT12001.with("write over several shards of table '" + target.name() + "' by column '"
                            + column + "' of type " + type);
                }
                types.add(InsertSelectRun.bindType(fields.get(types.size())));
            }
            for (int value = 0; value < target.values().size(); value++) {
                types.add(InsertSelectRun.bindType(fields.get(types.size())));
            }
        }
        if (types.size() != fields.size()) {
            throw VtException.of(
                    Code.INTERNAL, "the rows to write have " + fields.size() + " columns instead of " + types.size());
        }
        return types;
    }

    /** Rows that get the same values are written together. */
    private void write(int target, List<String> columns, Binds binds) {
        Map<List<SqlValue>, List<List<SqlValue>>> byValues = new LinkedHashMap<>();
        for (Row row : rows) {
            if (row.target() == target) {
                if (row.key().contains(SqlValue.NULL)) {
                    throw VtError.VT12001.with("write over several shards of a row with NULL in the columns " + columns
                            + " of its vindex and primary key");
                }
                byValues.computeIfAbsent(row.values(), unused -> new ArrayList<>())
                        .add(row.key());
            }
        }
        InputTarget written = step.rows().targets().get(target);
        Map<Integer, Primitive> plans = new LinkedHashMap<>();
        byValues.forEach((values, keys) -> {
            Binds all = binds.copy();
            for (int i = 0; i < values.size(); i++) {
                all.set(InputTarget.value(written.firstValue() + i), values.get(i));
            }
            for (int from = 0; from < keys.size(); from += BATCH) {
                List<List<SqlValue>> batch = keys.subList(from, Math.min(keys.size(), from + BATCH));
                Primitive plan = plans.computeIfAbsent(
                        columns.size() == 1 ? 1 : batch.size(),
                        size -> planner.apply(written.write(columns, size)).root());
                add(steps.apply(plan, keys(batch, all)));
            }
        });
    }

    private static Binds keys(List<List<SqlValue>> batch, Binds binds) {
        if (batch.get(0).size() == 1) {
            return binds.setList(
                    InputTarget.KEYS, batch.stream().map(key -> key.get(0)).toList());
        }
        for (int row = 0; row < batch.size(); row++) {
            for (int column = 0; column < batch.get(row).size(); column++) {
                binds.set(InputTarget.key(row, column), batch.get(row).get(column));
            }
        }
        return binds;
    }

    private void add(StatementResult result) {
        affected += result.affectedRows();
        if (result.insertIdChanged()) {
            last = result;
        }
    }
}
