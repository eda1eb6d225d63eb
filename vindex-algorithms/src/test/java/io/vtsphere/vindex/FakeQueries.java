package io.vtsphere.vindex;

import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keeps what it is asked, and answers what it was told beforehand: nothing, where nothing is left. */
final class FakeQueries implements VindexQueries {
    private final List<String> log = new ArrayList<>();
    private final Deque<Object> answers = new ArrayDeque<>();
    boolean inTransactionAndIsDml;
    CommitOrder lookupSession = CommitOrder.PRE;

    List<String> log() {
        return log;
    }

    /** The rows of the next query that has no answer yet. */
    @SafeVarargs
    final FakeQueries answer(List<SqlValue>... rows) {
        answers.add(Arrays.asList(rows));
        return this;
    }

    FakeQueries fail(VtException error) {
        answers.add(error);
        return this;
    }

    @Override
    public List<List<SqlValue>> execute(
            Purpose purpose,
            String sql,
            Map<String, BindVar> bindVars,
            boolean rollbackOnError,
            CommitOrder commitOrder) {
        return log(purpose.method() + " " + commitOrder + (rollbackOnError ? " rollback " : " ") + sql, bindVars);
    }

    @Override
    public List<List<SqlValue>> executeOnKeyspaceId(
            String keyspace,
            KeyspaceId keyspaceId,
            String sql,
            Map<String, BindVar> bindVars,
            boolean rollbackOnError,
            boolean autocommit) {
        String flags = (rollbackOnError ? " rollback" : "") + (autocommit ? " autocommit" : "");
        return log(keyspace + "/" + keyspaceId + flags + " " + sql, bindVars);
    }

    @SuppressWarnings("unchecked")
    private List<List<SqlValue>> log(String call, Map<String, BindVar> bindVars) {
        Map<String, String> printed = new TreeMap<>();
        bindVars.forEach((name, value) -> printed.put(
                name,
                value instanceof BindVar.Scalar scalar
                        ? scalar.value().toString()
                        : ((BindVar.Tuple) value).values().toString()));
        log.add(call + " " + printed);
        Object answer = answers.isEmpty() ? List.of() : answers.poll();
        if (answer instanceof VtException error) {
            throw error;
        }
        return (List<List<SqlValue>>) answer;
    }

    @Override
    public boolean inTransactionAndIsDml() {
        return inTransactionAndIsDml;
    }

    @Override
    public CommitOrder lookupRowLockSession() {
        return lookupSession;
    }

    @Override
    public boolean nullSafeEqual(SqlValue a, SqlValue b) {
        return a.equals(b);
    }
}
