package io.vtsphere.vindex;

import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.VtException;
import java.util.List;

/**
 * A vindex that keeps its mapping in a table, and runs queries to read and write it.
 *
 * <p>Every method that takes a {@link VindexQueries} blocks until its queries are answered, and throws the {@link VtException} of the first
 * that fails, with a prefix that names the operation; rows written before it are undone by the statement's rollback, not here.
 */
public interface LookupVindex extends Vindex {
    /** The lookup table as the VSchema spells it: {@code table} or {@code keyspace.table}. */
    String table();

    /** The columns that hold the owner's values. */
    List<String> fromColumns();

    /** The column that holds the keyspace id, or the number that hashes to it. */
    String toColumn();

    /** Whether a plan may run {@link #query} as a step of its own, instead of {@link #map}. */
    boolean planable();

    /** Whether the table is still being filled ({@code write_only}): then it is written, but not trusted to find rows. */
    boolean backfilling();

    /** The parts of a planned lookup. */
    LookupQuery query();

    /** The destinations of a planned lookup: one result, a list of rows, for each of {@code ids}. */
    List<Destination> mapResult(List<SqlValue> ids, List<List<List<SqlValue>>> results);

    /** One destination for each id. */
    List<Destination> map(VindexQueries queries, List<SqlValue> ids);

    /** For each id, whether the table holds it with that keyspace id. */
    List<Boolean> verify(VindexQueries queries, List<SqlValue> ids, List<KeyspaceId> keyspaceIds);

    /**
     * Adds one entry for each row.
     *
     * @param rows values of {@link #fromColumns}; the list may be empty
     * @param ignoreMode whether an entry that exists is left alone
     */
    void create(VindexQueries queries, List<List<SqlValue>> rows, List<KeyspaceId> keyspaceIds, boolean ignoreMode);

    /** Removes the entries of rows that have that keyspace id. */
    void delete(VindexQueries queries, List<List<SqlValue>> rows, KeyspaceId keyspaceId);

    /** Moves the entry of one row from its old values to its new ones. */
    void update(VindexQueries queries, List<SqlValue> oldValues, KeyspaceId keyspaceId, List<SqlValue> newValues);

    /**
     * The same vindex with the table that owns it; the consistent types need it to resolve duplicates.
     *
     * @throws VtException VT03029 if the number of columns differs from that of {@link #fromColumns}
     */
    LookupVindex withOwner(LookupOwner owner);
}
