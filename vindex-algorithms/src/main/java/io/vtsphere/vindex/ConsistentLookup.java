package io.vtsphere.vindex;

import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vindex.VindexQueries.CommitOrder;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code consistent_lookup} and {@code consistent_lookup_unique}: entries are inserted in a transaction that is committed before the
 * statement's own, and removed in one that is committed after it.
 *
 * <p>So an entry may be without its row, but no row without its entry; an insert that finds such an entry takes it over. Source: Vitess'
 * {@code go/vt/vtgate/vindexes/consistent_lookup.go}.
 */
final class ConsistentLookup extends TableLookup {
    private static final int DUPLICATE_ENTRY = 1062;
    private static final String ROLLED_BACK = "transaction rolled back to reverse changes of partial DML execution";

    private final @Nullable DuplicateEntry duplicates;

    ConsistentLookup(LookupType type, String name, Map<String, String> params) {
        super(type, name, params);
        this.duplicates = null;
    }

    private ConsistentLookup(ConsistentLookup other, LookupOwner owner) {
        super(other);
        this.duplicates = new DuplicateEntry(other.lookupTable(), owner);
    }

    @Override
    public LookupVindex withOwner(LookupOwner owner) {
        if (owner.columns().size() != fromColumns().size()) {
            throw VtError.VT03029.with(name());
        }
        return new ConsistentLookup(this, owner);
    }

    @Override
    CommitOrder mapOrder(VindexQueries queries) {
        return queries.lookupRowLockSession();
    }

    @Override
    public void create(
            VindexQueries queries, List<List<SqlValue>> rows, List<KeyspaceId> keyspaceIds, boolean ignoreMode) {
        List<SqlValue> stored =
                keyspaceIds.stream().map(id -> SqlValue.varbinary(id.bytes())).toList();
        try {
            lookupTable().create(queries, rows, stored, ignoreMode, CommitOrder.PRE);
        } catch (VtException e) {
            if (e.errno() != DUPLICATE_ENTRY || e.getMessage().contains(ROLLED_BACK) || duplicates == null) {
                throw e;
            }
            resolve(queries, rows, keyspaceIds, e, duplicates);
        }
    }

    private static void resolve(
            VindexQueries queries,
            List<List<SqlValue>> rows,
            List<KeyspaceId> keyspaceIds,
            VtException duplicate,
            DuplicateEntry duplicates) {
        Set<List<SqlValue>> seen = new HashSet<>();
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).contains(SqlValue.NULL)) {
                continue; // has no entry: creating them would else have failed before
            }
            if (!seen.add(rows.get(i))) {
                throw duplicate;
            }
            duplicates.resolve(queries, rows.get(i), keyspaceIds.get(i), duplicate);
        }
    }

    @Override
    public void delete(VindexQueries queries, List<List<SqlValue>> rows, KeyspaceId keyspaceId) {
        lookupTable().delete(queries, rows, SqlValue.varbinary(keyspaceId.bytes()), CommitOrder.POST);
    }

    /** Does nothing where the values stay the same; else the entry would be found as a duplicate of itself. */
    @Override
    public void update(
            VindexQueries queries, List<SqlValue> oldValues, KeyspaceId keyspaceId, List<SqlValue> newValues) {
        boolean same = oldValues.size() == newValues.size();
        for (int i = 0; same && i < oldValues.size(); i++) {
            same = queries.nullSafeEqual(oldValues.get(i), newValues.get(i));
        }
        if (!same) {
            delete(queries, List.of(oldValues), keyspaceId);
            create(queries, List.of(newValues), List.of(keyspaceId), false);
        }
    }
}
