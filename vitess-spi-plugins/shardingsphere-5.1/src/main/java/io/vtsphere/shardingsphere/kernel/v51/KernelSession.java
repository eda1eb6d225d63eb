package io.vtsphere.shardingsphere.kernel.v51;

import io.vitess.proto.Query;
import io.vtsphere.executor.ResultEnd;
import io.vtsphere.mysql.StatusFlags;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.VtException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.shardingsphere.infra.binder.SQLStatementContextFactory;
import org.apache.shardingsphere.infra.binder.statement.SQLStatementContext;
import org.apache.shardingsphere.infra.executor.check.SQLCheckEngine;
import org.apache.shardingsphere.infra.metadata.ShardingSphereMetaData;
import org.apache.shardingsphere.proxy.backend.communication.DatabaseCommunicationEngine;
import org.apache.shardingsphere.proxy.backend.communication.DatabaseCommunicationEngineFactory;
import org.apache.shardingsphere.proxy.backend.communication.SQLStatementSchemaHolder;
import org.apache.shardingsphere.proxy.backend.communication.jdbc.connection.JDBCBackendConnection;
import org.apache.shardingsphere.proxy.backend.communication.jdbc.transaction.JDBCBackendTransactionManager;
import org.apache.shardingsphere.proxy.backend.context.ProxyContext;
import org.apache.shardingsphere.proxy.backend.exception.BackendConnectionException;
import org.apache.shardingsphere.proxy.backend.response.header.ResponseHeader;
import org.apache.shardingsphere.proxy.backend.response.header.query.QueryResponseHeader;
import org.apache.shardingsphere.proxy.backend.response.header.update.UpdateResponseHeader;
import org.apache.shardingsphere.proxy.backend.session.ConnectionSession;
import org.apache.shardingsphere.proxy.backend.text.TextProtocolBackendHandler;
import org.apache.shardingsphere.proxy.backend.text.TextProtocolBackendHandlerFactory;
import org.apache.shardingsphere.sql.parser.sql.common.statement.SQLStatement;
import org.apache.shardingsphere.transaction.TransactionHolder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's statements over databases of the host, through the host's parser, router, rewriter, executor and merger.
 *
 * <p>Blocking, and one statement at a time, on whatever thread; {@link #statusFlags} may be asked by any thread. Three defects of the host are
 * kept from the client: a statement over several shards runs in a transaction of its own where it has none, since only there no shard's
 * error is lost; {@code SET autocommit=1} ends the transaction that the statement itself has opened; a thread's mark of a
 * transaction is set by the session that runs on it.
 */
final class KernelSession {
    /** Where a statement's answer goes, in order: the fields and rows of a result. */
    interface Rows {
        void fields(List<Query.Field> fields);

        /** Blocks while the client does not read. */
        void row(Query.Row row);
    }

    private static final Logger LOG = LoggerFactory.getLogger(KernelSession.class);
    private static final Set<String> TRANSACTED =
            Set.of("select", "insert", "update", "delete", "replace", "with", "table", "values");

    private final ConnectionSession session;
    private final JDBCBackendConnection connection;

    private KernelSession(ConnectionSession session, JDBCBackendConnection connection) {
        this.session = session;
        this.connection = connection;
    }

    /** @throws IllegalStateException when the host runs its experimental backend, which is not JDBC */
    static KernelSession open(String user, String address, int connectionId) {
        ConnectionSession session = HostSessions.open(user, address, connectionId);
        if (session.getBackendConnection() instanceof JDBCBackendConnection connection) {
            return new KernelSession(session, connection);
        }
        throw new IllegalStateException("proxy-backend-driver-type must be JDBC");
    }

    int statusFlags() {
        return (session.isAutoCommit() ? StatusFlags.AUTOCOMMIT : 0) | (inTransaction() ? StatusFlags.IN_TRANS : 0);
    }

    boolean inTransaction() {
        return session.getTransactionStatus().isInTransaction();
    }

    boolean autocommit() {
        return session.isAutoCommit();
    }

    void autocommit(boolean on) {
        session.setAutoCommit(on);
    }

    /** Markers of a statement, as the host's parser counts them. */
    int parameterCount(String sql) {
        try {
            return HostSessions.parser().parse(sql, true).getParameterCount();
        } catch (RuntimeException e) {
            throw KernelErrors.of(e);
        }
    }

    /**
     * Runs a statement.
     *
     * @param database that unqualified names are of
     * @param parameters empty for a text without markers
     * @throws VtException what MySQL or the kernel says
     */
    ResultEnd run(String database, String sql, List<SqlValue> parameters, Rows rows) {
        boolean wasAutocommit = session.isAutoCommit();
        boolean own = false;
        VtException error = null;
        try {
            session.setCurrentSchema(database);
            mark(inTransaction());
            connection.prepareForTaskExecution();
            own = wasAutocommit && !inTransaction() && TRANSACTED.contains(firstWord(sql));
            if (own) {
                transaction().begin();
                // for read/write splitting it is none: reads may go to replicas
                mark(!firstWord(sql).equals("select"));
            }
            ResultEnd end = execute(database, sql, parameters, rows);
            if (own || (!wasAutocommit && session.isAutoCommit() && inTransaction())) {
                own = false;
                transaction().commit();
            }
            return new ResultEnd(end.affectedRows(), end.insertId(), statusFlags(), 0, "");
        } catch (SQLException | BackendConnectionException | RuntimeException e) {
            error = KernelErrors.of(e);
            if (own) {
                rollBack();
            }
            throw error;
        } finally {
            SQLStatementSchemaHolder.remove();
            mark(false);
            release(error != null);
        }
    }

    private ResultEnd execute(String database, String sql, List<SqlValue> parameters, Rows rows) throws SQLException {
        return parameters.isEmpty() ? text(sql, rows) : bound(database, sql, parameters, rows);
    }

    private ResultEnd text(String sql, Rows rows) throws SQLException {
        TextProtocolBackendHandler handler =
                TextProtocolBackendHandlerFactory.newInstance(HostSessions.mysql(), sql, Optional::empty, session);
        try {
            ResponseHeader header = handler.execute();
            if (!(header instanceof QueryResponseHeader query)) {
                return end(header);
            }
            KernelRows encoder = fields(query, rows);
            while (handler.next()) {
                rows.row(encoder.row(handler.getRowData()));
            }
            return end(header);
        } finally {
            handler.close();
        }
    }

    private ResultEnd bound(String database, String sql, List<SqlValue> values, Rows rows) throws SQLException {
        SQLStatement statement = HostSessions.parser().parse(sql, true);
        List<@Nullable Object> parameters = KernelParameters.of(values);
        var metaData = ProxyContext.getInstance()
                .getContextManager()
                .getMetaDataContexts()
                .getMetaDataMap();
        SQLStatementContext<?> context =
                SQLStatementContextFactory.newInstance(metaData, parameters, statement, database);
        check(database, statement, parameters, metaData);
        DatabaseCommunicationEngine<?> engine = DatabaseCommunicationEngineFactory.getInstance()
                .newBinaryProtocolInstance(context, sql, parameters, connection);
        // it is closed with the connection's others
        Object header = engine.execute();
        if (!(header instanceof QueryResponseHeader query)) {
            return end(header);
        }
        KernelRows encoder = fields(query, rows);
        while (engine.next()) {
            rows.row(encoder.row(engine.getQueryResponseRow().getData()));
        }
        return end(header);
    }

    private void check(
            String database,
            SQLStatement statement,
            List<@Nullable Object> parameters,
            java.util.Map<String, ShardingSphereMetaData> metaData) {
        SQLCheckEngine.check(
                statement,
                parameters,
                ProxyContext.getInstance().getRules(database),
                database,
                metaData,
                session.getGrantee());
    }

    private static KernelRows fields(QueryResponseHeader header, Rows rows) {
        List<Query.Field> fields =
                header.getQueryHeaders().stream().map(KernelFields::of).toList();
        rows.fields(fields);
        return new KernelRows(fields);
    }

    private static ResultEnd end(Object header) {
        return header instanceof UpdateResponseHeader update
                ? new ResultEnd(update.getUpdateCount(), update.getLastInsertId(), 0, 0, "")
                : new ResultEnd(0, 0, 0, 0, "");
    }

    private JDBCBackendTransactionManager transaction() {
        return new JDBCBackendTransactionManager(connection);
    }

    /** The thread's mark, by which the host's read/write splitting keeps a transaction's reads on the primary. */
    private static void mark(boolean inTransaction) {
        if (inTransaction) {
            TransactionHolder.setInTransaction();
        } else {
            TransactionHolder.clear();
        }
    }

    private void rollBack() {
        try {
            transaction().rollback();
        } catch (SQLException | RuntimeException e) {
            LOG.warn("a failed statement of {} could not be rolled back", session.getGrantee(), e);
        }
    }

    private void release(boolean failed) {
        try {
            connection.closeExecutionResources();
        } catch (BackendConnectionException e) {
            if (!failed) {
                throw KernelErrors.of(firstOf(e));
            }
            LOG.warn("connections of a failed statement of {} could not be given back", session.getGrantee(), e);
        }
    }

    private static Throwable firstOf(BackendConnectionException e) {
        Collection<Exception> all = new ArrayList<>(e.getExceptions());
        return all.isEmpty() ? e : all.iterator().next();
    }

    /** Rolls back and gives the connections back; after a COM_RESET_CONNECTION, and when the client is gone. */
    void reset() {
        try {
            if (inTransaction()) {
                transaction().rollback();
            }
        } catch (SQLException e) {
            throw KernelErrors.of(e);
        } finally {
            connection.closeAllResources();
            session.setAutoCommit(true);
        }
    }

    private static String firstWord(String sql) {
        int start = 0;
        while (start < sql.length() && !Character.isLetter(sql.charAt(start))) {
            if (sql.startsWith("/*", start)) {
                int end = sql.indexOf("*/", start + 2);
                start = end < 0 ? sql.length() : end + 2;
            } else {
                start++;
            }
        }
        int end = start;
        while (end < sql.length() && Character.isLetter(sql.charAt(end))) {
            end++;
        }
        return sql.substring(start, end).toLowerCase(Locale.ROOT);
    }
}
