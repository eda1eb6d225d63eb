package io.vtsphere.vindex;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The texts of a lookup table's statements; names go in as the VSchema has them.
 *
 * <p>Immutable and thread-safe. Source: Vitess' {@code go/vt/vtgate/vindexes/lookup_internal.go}.
 */
final class LookupStatements {
    private final LookupParams params;
    private final boolean upsert;
    private final String select;
    private final String lockingSelect;
    private final String verify;
    private final String delete;

    LookupStatements(LookupParams params, boolean upsert) {
        this.params = params;
        this.upsert = upsert;
        String first = params.from().get(0);
        String table = params.table();
        this.select = "select " + first + ", " + params.to() + " from " + table + " where " + first + " in ::" + first;
        this.lockingSelect = select + params.readLock().suffix();
        this.verify = "select " + first + " from " + table + " where " + first + " = :" + first + " and " + params.to()
                + " = :" + params.to();
        this.delete = "delete from " + table + whereFrom(params.from()) + " and " + params.to() + " = :" + params.to();
    }

    String select() {
        return select;
    }

    /** The select of a statement that changes rows in a transaction. */
    String lockingSelect() {
        return lockingSelect;
    }

    String verify() {
        return verify;
    }

    String delete() {
        return delete;
    }

    /** An insert of that many rows, whose bind variables are the columns' names with {@code _0}, {@code _1}, … */
    String insert(int rows, boolean ignoreMode) {
        StringBuilder sql = new StringBuilder("insert ");
        if (params.multiShardAutocommit()) {
            sql.append("/*vt+ MULTI_SHARD_AUTOCOMMIT=1 */ ");
        }
        sql.append(ignoreMode ? "ignore into " : "into ").append(params.table()).append('(');
        params.from().forEach(column -> sql.append(column).append(", "));
        sql.append(params.to()).append(") values");
        for (int row = 0; row < rows; row++) {
            sql.append(row == 0 ? "(" : ", (");
            for (String column : params.from()) {
                sql.append(':').append(variable(column, row)).append(", ");
            }
            sql.append(':').append(variable(params.to(), row)).append(')');
        }
        if (upsert) {
            sql.append(" on duplicate key update ");
            params.from().forEach(column -> sql.append(assignment(column)).append(", "));
            sql.append(assignment(params.to()));
        }
        return sql.toString();
    }

    private static String assignment(String column) {
        return column + "=values(" + column + ")";
    }

    /** The bind variable of a column in a row of {@link #insert}. */
    static String variable(String column, int row) {
        return column + "_" + row;
    }

    /** {@code where a = :f1 and b = :f2} for a consistent vindex' own statements. */
    String where(List<String> columns) {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> columns.get(i) + " = :" + params.from().get(i))
                .collect(Collectors.joining(" and ", " where ", ""));
    }

    private static String whereFrom(List<String> columns) {
        return columns.stream()
                .map(column -> column + " = :" + column)
                .collect(Collectors.joining(" and ", " where ", ""));
    }
}
