package io.vtsphere.vindex;

import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import java.util.Map;

/**
 * Runs the queries of lookup vindexes, within the statement that needs them.
 *
 * <p>Belongs to one session: not thread-safe, and its calls block. Source: {@code VCursor} in Vitess'
 * {@code go/vt/vtgate/vindexes/vindex.go}.
 */
public interface VindexQueries {
    /** Which of the session's transactions a query joins, and so when it is committed. */
    enum CommitOrder {
        /** With the statement's own. */
        NORMAL,
        /** Committed before it. */
        PRE,
        /** Committed after it. */
        POST,
        /** Committed at once, in a session of its own. */
        AUTOCOMMIT
    }

    /** What a query is for. */
    enum Purpose {
        LOOKUP("VindexLookup"),
        VERIFY("VindexVerify"),
        CREATE("VindexCreate"),
        DELETE("VindexDelete");

        private final String method;

        Purpose(String method) {
            this.method = method;
        }

        /** Vitess' name of the purpose, as in its logs and metrics. */
        public String method() {
            return method;
        }
    }

    /**
     * Runs a query wherever its own plan sends it.
     *
     * @param rollbackOnError whether a failure later in the statement must undo what this query writes
     * @return the rows; empty for a query that has none
     * @throws VtException of the query, unchanged
     */
    List<List<SqlValue>> execute(
            Purpose purpose,
            String sql,
            Map<String, BindVar> bindVars,
            boolean rollbackOnError,
            CommitOrder commitOrder);

    /**
     * Runs a query on the shard that holds a keyspace id, in the statement's own transaction.
     *
     * @return the rows; empty for a query that has none
     * @throws VtException of the query, unchanged
     */
    List<List<SqlValue>> executeOnKeyspaceId(
            String keyspace,
            KeyspaceId keyspaceId,
            String sql,
            Map<String, BindVar> bindVars,
            boolean rollbackOnError,
            boolean autocommit);

    /** Whether the statement is an INSERT, REPLACE, UPDATE or DELETE in a transaction; then lookups lock what they read. */
    boolean inTransactionAndIsDml();

    /** The transaction in which a consistent lookup locks: {@link CommitOrder#POST} for UPDATE and DELETE, else {@link CommitOrder#PRE}. */
    CommitOrder lookupRowLockSession();

    /** Whether {@code a <=> b} holds under the connection's collation; false where the two cannot be compared. */
    boolean nullSafeEqual(SqlValue a, SqlValue b);
}
