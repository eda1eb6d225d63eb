package io.vtsphere.vindex.calc;

import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vindex.BindVar;
import io.vtsphere.vindex.KeyspaceId;
import io.vtsphere.vindex.VindexQueries;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import java.util.Map;

/** No session: every question is an error, with the text that Vitess has for it. */
final class NoQueries implements VindexQueries {
    @Override
    public List<List<SqlValue>> execute(
            Purpose purpose,
            String sql,
            Map<String, BindVar> bindVars,
            boolean rollbackOnError,
            CommitOrder commitOrder) {
        throw noSession();
    }

    @Override
    public List<List<SqlValue>> executeOnKeyspaceId(
            String keyspace,
            KeyspaceId keyspaceId,
            String sql,
            Map<String, BindVar> bindVars,
            boolean rollbackOnError,
            boolean autocommit) {
        throw noSession();
    }

    @Override
    public boolean inTransactionAndIsDml() {
        throw noSession();
    }

    @Override
    public CommitOrder lookupRowLockSession() {
        return CommitOrder.PRE;
    }

    @Override
    public boolean nullSafeEqual(SqlValue a, SqlValue b) {
        throw noSession();
    }

    private static VtException noSession() {
        return VtError.VT13001.with("cannot perform lookup: no vcursor provided");
    }
}
