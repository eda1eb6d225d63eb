package io.vtsphere.vindex;

import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vindex.VindexQueries.CommitOrder;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The lookup types whose entries are written in the statement's own transaction, or on their own; base of the consistent ones. */
class TableLookup implements LookupVindex {
    private final LookupType type;
    private final String name;
    private final int cost;
    private final Set<String> unknownParams;
    private final LookupTable table;

    TableLookup(LookupType type, String name, Map<String, String> params) {
        this.type = type;
        this.name = name;
        this.unknownParams = FunctionalVindex.unknown(params, LookupParams.known(type));
        this.cost = type == LookupType.LOOKUP_COST ? cost(params) : type.cost();
        LookupParams parsed = LookupParams.of(params, type);
        this.table = new LookupTable(parsed, type.upserts() && parsed.autocommit());
    }

    TableLookup(TableLookup other) {
        this.type = other.type;
        this.name = other.name;
        this.unknownParams = other.unknownParams;
        this.cost = other.cost;
        this.table = other.table;
    }

    private static int cost(Map<String, String> params) {
        try {
            return Params.integer(params.getOrDefault("cost", ""));
        } catch (VtException e) {
            // Vitess takes the default for whatever is no number.
            return LookupType.LOOKUP_COST.cost();
        }
    }

    LookupTable lookupTable() {
        return table;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String type() {
        return type.typeName();
    }

    @Override
    public int cost() {
        return cost;
    }

    @Override
    public boolean unique() {
        return type.unique();
    }

    @Override
    public boolean needsVCursor() {
        return true;
    }

    @Override
    public Set<String> unknownParams() {
        return unknownParams;
    }

    @Override
    public String table() {
        return table.params().table();
    }

    @Override
    public List<String> fromColumns() {
        return table.params().from();
    }

    @Override
    public String toColumn() {
        return table.params().to();
    }

    @Override
    public boolean planable() {
        return type.planable();
    }

    @Override
    public boolean backfilling() {
        return type.reportsBackfilling() && table.params().writeOnly();
    }

    @Override
    public LookupQuery query() {
        LookupParams params = table.params();
        return new LookupQuery(
                table.statements().select(),
                params.from().get(0),
                params.batch(),
                type.consistent() ? CommitOrder.PRE : CommitOrder.NORMAL,
                params.autocommit());
    }

    @Override
    public List<Destination> map(VindexQueries queries, List<SqlValue> ids) {
        LookupParams params = table.params();
        boolean onlyNull = ids.size() == 1 && ids.get(0).isNull();
        if (params.writeOnly() || (onlyNull && params.ignoreNulls() && !type.unique())) {
            return everywhere(ids.size());
        }
        List<SqlValue> stored = type.encoding().from(ids, "");
        return mapResult(stored, table.lookup(queries, stored, mapOrder(queries)));
    }

    /** The transaction that lookups join. */
    CommitOrder mapOrder(VindexQueries queries) {
        return CommitOrder.NORMAL;
    }

    private static List<Destination> everywhere(int count) {
        return Collections.nCopies(count, KeyRange.complete());
    }

    @Override
    public List<Destination> mapResult(List<SqlValue> ids, List<List<List<SqlValue>>> results) {
        if (table.params().writeOnly()) {
            return everywhere(ids.size());
        }
        List<Destination> destinations = new ArrayList<>(ids.size());
        for (int i = 0; i < results.size(); i++) {
            destinations.add(destination(ids.get(i), results.get(i)));
        }
        return destinations;
    }

    private Destination destination(SqlValue id, List<List<SqlValue>> rows) {
        if (rows.isEmpty()) {
            return None.INSTANCE;
        }
        if (type.unique() && rows.size() > 1) {
            throw VtException.of(
                    Code.UNKNOWN,
                    type.encoding().mapErrors() + ": unexpected multiple results from vindex " + table() + ": " + id);
        }
        List<KeyspaceId> found = new ArrayList<>(rows.size());
        for (List<SqlValue> row : rows) {
            KeyspaceId keyspaceId = type.encoding().keyspaceId(row.get(1));
            if (keyspaceId != null) {
                found.add(keyspaceId);
            }
        }
        if (type.unique()) {
            return found.isEmpty() ? None.INSTANCE : found.get(0);
        }
        return new KeyspaceIds(found);
    }

    @Override
    public List<Boolean> verify(VindexQueries queries, List<SqlValue> ids, List<KeyspaceId> keyspaceIds) {
        if (table.params().writeOnly() || table.params().noVerify()) {
            return Collections.nCopies(ids.size(), true);
        }
        List<SqlValue> stored = stored(keyspaceIds, "lookup.Verify");
        List<SqlValue> from = type.encoding().from(ids, "lookup.Verify.vunhash: ");
        CommitOrder order = type.consistent() ? CommitOrder.PRE : CommitOrder.NORMAL;
        List<Boolean> verified = new ArrayList<>(ids.size());
        for (int i = 0; i < from.size(); i++) {
            verified.add(table.verify(queries, from.get(i), stored.get(i), order));
        }
        return verified;
    }

    private List<SqlValue> stored(List<KeyspaceId> ids, String operation) {
        return ids.stream().map(id -> type.encoding().to(id, operation)).toList();
    }

    @Override
    public void create(
            VindexQueries queries, List<List<SqlValue>> rows, List<KeyspaceId> keyspaceIds, boolean ignoreMode) {
        List<SqlValue> stored = stored(keyspaceIds, "lookup.Create");
        List<List<SqlValue>> from = rows.stream()
                .map(row -> type.encoding().from(row, "lookup.Create.convert: "))
                .toList();
        table.create(queries, from, stored, ignoreMode, CommitOrder.NORMAL);
    }

    @Override
    public void delete(VindexQueries queries, List<List<SqlValue>> rows, KeyspaceId keyspaceId) {
        SqlValue stored = type.encoding().to(keyspaceId, "lookup.Delete");
        List<List<SqlValue>> from = rows.stream()
                .map(row -> type.encoding().from(row, "lookup.Delete.convert: "))
                .toList();
        table.delete(queries, from, stored, CommitOrder.NORMAL);
    }

    @Override
    public void update(
            VindexQueries queries, List<SqlValue> oldValues, KeyspaceId keyspaceId, List<SqlValue> newValues) {
        SqlValue stored = type.encoding().to(keyspaceId, "lookup.Update");
        List<SqlValue> newFrom = type.encoding().from(newValues, "lookup.Update.convert: ");
        List<SqlValue> oldFrom = type.encoding().from(oldValues, "lookup.Update.convert: ");
        table.delete(queries, List.of(oldFrom), stored, CommitOrder.NORMAL);
        table.create(queries, List.of(newFrom), List.of(stored), false, CommitOrder.NORMAL);
    }

    @Override
    public LookupVindex withOwner(LookupOwner owner) {
        return this;
    }

    @Override
    public String toString() {
        return type() + " " + name;
    }
}
