package io.vtsphere.vindex;

import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vindex.VindexQueries.CommitOrder;
import io.vtsphere.vindex.VindexQueries.Purpose;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A lookup table: reads and writes entries as they are stored.
 *
 * <p>Immutable and thread-safe. Source: Vitess' {@code go/vt/vtgate/vindexes/lookup_internal.go}.
 */
final class LookupTable {
    private final LookupParams params;
    private final LookupStatements statements;

    LookupTable(LookupParams params, boolean upsert) {
        this.params = params;
        this.statements = new LookupStatements(params, upsert);
    }

    LookupParams params() {
        return params;
    }

    LookupStatements statements() {
        return statements;
    }

    private CommitOrder order(CommitOrder wanted) {
        return params.autocommit() ? CommitOrder.AUTOCOMMIT : wanted;
    }

    /** For each id, the rows with it, as (id, stored). */
    List<List<List<SqlValue>>> lookup(VindexQueries queries, List<SqlValue> ids, CommitOrder wanted) {
        if (ids.isEmpty()) {
            return List.of();
        }
        String sql = queries.inTransactionAndIsDml() ? statements.lockingSelect() : statements.select();
        List<List<List<SqlValue>>> results = new ArrayList<>(ids.size());
        if (!ids.get(0).type().isIntegral() && !params.batch()) {
            for (SqlValue id : ids) {
                results.add(select(queries, sql, List.of(id), order(wanted)));
            }
            return results;
        }
        Map<String, List<List<SqlValue>>> byText = new HashMap<>();
        for (List<SqlValue> row : select(queries, sql, ids, order(wanted))) {
            byText.computeIfAbsent(text(row.get(0)), text -> new ArrayList<>()).add(row);
        }
        for (SqlValue id : ids) {
            results.add(byText.getOrDefault(text(id), List.of()));
        }
        return results;
    }

    /** A key for equal bytes. */
    private static String text(SqlValue value) {
        return new String(value.bytes(), StandardCharsets.ISO_8859_1);
    }

    private List<List<SqlValue>> select(VindexQueries queries, String sql, List<SqlValue> ids, CommitOrder order) {
        Map<String, BindVar> vars = Map.of(params.from().get(0), new BindVar.Tuple(ids));
        return run(queries, "lookup.Map: ", Purpose.LOOKUP, sql, vars, order);
    }

    boolean verify(VindexQueries queries, SqlValue id, SqlValue stored, CommitOrder wanted) {
        Map<String, BindVar> vars = new HashMap<>();
        vars.put(params.from().get(0), new BindVar.Scalar(id));
        vars.put(params.to(), new BindVar.Scalar(stored));
        return !run(queries, "lookup.Verify: ", Purpose.VERIFY, statements.verify(), vars, order(wanted))
                .isEmpty();
    }

    /** A row of the lookup table. */
    private record Entry(List<SqlValue> from, SqlValue to) {
        /** By bytes, so that statements which insert the same entries lock them in the same order. */
        static final Comparator<Entry> ORDER = (a, b) -> {
            for (int i = 0; i < a.from.size(); i++) {
                int order = Arrays.compareUnsigned(bytes(a.from.get(i)), bytes(b.from.get(i)));
                if (order != 0) {
                    return order;
                }
            }
            return Arrays.compareUnsigned(bytes(a.to), bytes(b.to));
        };

        private static byte[] bytes(SqlValue value) {
            return value.bytes();
        }
    }

    /**
     * Inserts entries.
     *
     * @throws VtException VT03028 if a value is NULL and NULLs are not ignored; VT03030 if rows have another number of columns; else that of
     *     the query
     */
    void create(
            VindexQueries queries,
            List<List<SqlValue>> rows,
            List<SqlValue> stored,
            boolean ignoreMode,
            CommitOrder wanted) {
        List<Entry> entries = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            int nullAt = rows.get(i).indexOf(SqlValue.NULL);
            if (nullAt < 0) {
                entries.add(new Entry(rows.get(i), stored.get(i)));
            } else if (!params.ignoreNulls()) {
                throw VtError.VT03028.with(String.join(",", params.from()), i, nullAt);
            }
        }
        if (entries.isEmpty()) {
            return;
        }
        checkColumns(entries.get(0).from());
        entries.sort(Entry.ORDER);
        Map<String, BindVar> vars = new HashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            for (int column = 0; column < entry.from().size(); column++) {
                vars.put(
                        LookupStatements.variable(params.from().get(column), i),
                        new BindVar.Scalar(entry.from().get(column)));
            }
            vars.put(LookupStatements.variable(params.to(), i), new BindVar.Scalar(entry.to()));
        }
        String sql = statements.insert(entries.size(), ignoreMode);
        write(queries, "lookup.Create: ", Purpose.CREATE, sql, vars, order(wanted));
    }

    /** Removes entries; none where they are committed on their own, because then the statement could not bring them back. */
    void delete(VindexQueries queries, List<List<SqlValue>> rows, SqlValue stored, CommitOrder wanted) {
        if (params.autocommit() || rows.isEmpty()) {
            return;
        }
        checkColumns(rows.get(0));
        for (List<SqlValue> row : rows) {
            write(queries, "lookup.Delete: ", Purpose.DELETE, statements.delete(), vars(row, stored), wanted);
        }
    }

    /** The bind variables of one row, named as the columns are. */
    Map<String, BindVar> vars(List<SqlValue> row, SqlValue stored) {
        Map<String, BindVar> vars = new HashMap<>();
        for (int i = 0; i < row.size(); i++) {
            vars.put(params.from().get(i), new BindVar.Scalar(row.get(i)));
        }
        vars.put(params.to(), new BindVar.Scalar(stored));
        return vars;
    }

    private void checkColumns(List<SqlValue> row) {
        if (row.size() != params.from().size()) {
            throw VtError.VT03030.with("[" + String.join(" ", params.from()) + "]", row.size());
        }
    }

    private static List<List<SqlValue>> run(
            VindexQueries queries,
            String prefix,
            Purpose purpose,
            String sql,
            Map<String, BindVar> vars,
            CommitOrder order) {
        try {
            return queries.execute(purpose, sql, vars, false, order);
        } catch (VtException e) {
            throw e.withPrefix(prefix);
        }
    }

    private static void write(
            VindexQueries queries,
            String prefix,
            Purpose purpose,
            String sql,
            Map<String, BindVar> vars,
            CommitOrder order) {
        try {
            queries.execute(purpose, sql, vars, true, order);
        } catch (VtException e) {
            throw e.withPrefix(prefix);
        }
    }
}
