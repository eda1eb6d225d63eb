package io.vtsphere.vindex;

import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vindex.VindexQueries.CommitOrder;
import io.vtsphere.vindex.VindexQueries.Purpose;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Takes over entries whose row is gone, when an insert into a consistent lookup table finds them. Immutable and thread-safe. */
final class DuplicateEntry {
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_$@][A-Za-z0-9_$@]*");

    private final LookupOwner owner;
    private final LookupTable table;
    private final String lockEntry;
    private final String lockOwner;
    private final String insert;
    private final String update;

    DuplicateEntry(LookupTable table, LookupOwner owner) {
        this.table = table;
        this.owner = owner;
        LookupParams params = table.params();
        LookupStatements statements = table.statements();
        String to = params.to();
        String where = statements.where(params.from());
        this.lockEntry = "select " + to + " from " + params.table() + where + " for update";
        this.lockOwner = "select " + owner.columns().get(0) + " from " + quoteIfNeeded(owner.table())
                + statements.where(owner.columns()) + " lock in share mode";
        this.insert = "insert into " + params.table() + "(" + String.join(", ", params.from()) + ", " + to
                + ") values(:" + String.join(", :", params.from()) + ", :" + to + ")";
        this.update = "update " + params.table() + " set " + to + "=:" + to + where;
    }

    private static String quoteIfNeeded(String name) {
        return PLAIN_NAME.matcher(name).matches() && !ReservedWords.contains(name)
                ? name
                : "`" + name.replace("`", "``") + "`";
    }

    /**
     * Sees to it that the entry of {@code row} points to {@code id}.
     *
     * @throws VtException {@code duplicate} if the entry belongs to a row that exists; else that of a query
     */
    void resolve(VindexQueries queries, List<SqlValue> row, KeyspaceId id, VtException duplicate) {
        Map<String, BindVar> vars = table.vars(row, SqlValue.varbinary(id.bytes()));
        List<List<SqlValue>> entries = queries.execute(Purpose.CREATE, lockEntry, vars, false, CommitOrder.PRE);
        if (entries.size() > 1) {
            throw VtException.of(Code.UNKNOWN, "unexpected rows: " + print(entries) + " from consistent lookup vindex");
        }
        if (entries.isEmpty()) {
            queries.execute(Purpose.CREATE, insert, vars, true, CommitOrder.PRE);
            return;
        }
        KeyspaceId existing = KeyspaceId.of(Values.toBytes(entries.get(0).get(0)));
        if (!queries.executeOnKeyspaceId(owner.keyspace(), existing, lockOwner, vars, false, false)
                .isEmpty()) {
            throw duplicate;
        }
        if (!existing.equals(id)) {
            queries.execute(Purpose.CREATE, update, vars, true, CommitOrder.PRE);
        }
    }

    /** Go's {@code %v} of rows. */
    private static String print(List<List<SqlValue>> rows) {
        StringBuilder out = new StringBuilder("[");
        for (List<SqlValue> row : rows) {
            out.append(out.length() == 1 ? "[" : " [");
            for (int i = 0; i < row.size(); i++) {
                out.append(i == 0 ? "" : " ").append(row.get(i));
            }
            out.append(']');
        }
        return out.append(']').toString();
    }
}
