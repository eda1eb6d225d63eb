package io.vtsphere.frontend;

import com.google.protobuf.ByteString;
import io.vitess.proto.Query;
import io.vtsphere.executor.GateSession;
import io.vtsphere.executor.GateSessions;
import io.vtsphere.executor.PrepareHandler;
import io.vtsphere.executor.PreparedPlan;
import io.vtsphere.executor.ResultEnd;
import io.vtsphere.executor.ResultHandler;
import io.vtsphere.executor.SessionParams;
import io.vtsphere.mysql.StatusFlags;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.VtError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sessions that answer as the test has told them, and remember what they were asked. */
final class FakeGate implements GateSessions {
    record Plan(String sql, int paramCount, List<Query.Field> fields) implements PreparedPlan {}

    private static final Pattern VARIABLE =
            Pattern.compile("@@([\\w.]+)(?:\\s+AS\\s+(\\w+))?", Pattern.CASE_INSENSITIVE);
    private static final Pattern SELECT_VARIABLES = Pattern.compile("select\\s+@@", Pattern.CASE_INSENSITIVE);
    private static final Map<String, String> VARIABLES = Map.of(
            "auto_increment_increment", "1",
            "max_allowed_packet", "67108864",
            "transaction_isolation", "REPEATABLE-READ",
            "character_set_client", "utf8mb4",
            "character_set_connection", "utf8mb4",
            "character_set_results", "utf8mb4",
            "time_zone", "SYSTEM",
            "system_time_zone", "UTC",
            "wait_timeout", "28800",
            "net_write_timeout", "60");

    final List<Session> sessions = new CopyOnWriteArrayList<>();
    private final Map<String, BiConsumer<Session, ResultHandler>> answers = new ConcurrentHashMap<>();
    private final Map<String, Plan> plans = new ConcurrentHashMap<>();

    /** Says how a statement, or {@code "init " + target}, is answered; everything else is an OK. */
    void on(String sql, BiConsumer<Session, ResultHandler> answer) {
        answers.put(sql, answer);
    }

    void onPrepare(String sql, int parameters, Query.Field... fields) {
        plans.put(sql, new Plan(sql, parameters, List.of(fields)));
    }

    static Query.Field field(String name, SqlType type, int charset) {
        return Query.Field.newBuilder()
                .setName(name)
                .setOrgName(name)
                .setTable("t")
                .setOrgTable("t")
                .setDatabase("ks")
                .setTypeValue(type.number())
                .setCharset(charset)
                .setColumnLength(100)
                .build();
    }

    static Query.Row row(Object... values) {
        Query.Row.Builder row = Query.Row.newBuilder();
        ByteString bytes = ByteString.EMPTY;
        for (Object value : values) {
            if (value == null) {
                row.addLengths(-1);
                continue;
            }
            ByteString one = value instanceof byte[] raw
                    ? ByteString.copyFrom(raw)
                    : ByteString.copyFrom(value.toString(), StandardCharsets.UTF_8);
            row.addLengths(one.size());
            bytes = bytes.concat(one);
        }
        return row.setValues(bytes).build();
    }

    @Override
    public GateSession newSession(SessionParams params) {
        Session session = new Session(params);
        sessions.add(session);
        return session;
    }

    Session only() {
        if (sessions.size() != 1) {
            throw new AssertionError(sessions.size() + " sessions");
        }
        return sessions.get(0);
    }

    /** One session; the flags are set by tests. */
    final class Session implements GateSession {
        final SessionParams params;
        final List<String> commands = new CopyOnWriteArrayList<>();
        final List<List<SqlValue>> parameters = new CopyOnWriteArrayList<>();
        volatile int status = StatusFlags.AUTOCOMMIT;
        volatile boolean closed;
        volatile String target = "";

        Session(SessionParams params) {
            this.params = params;
        }

        ResultEnd end() {
            return new ResultEnd(0, 0, status, 0, "");
        }

        private void run(String key, ResultHandler handler) {
            if (!params.loop().inEventLoop()) {
                throw new AssertionError("called off the event loop");
            }
            commands.add(key);
            BiConsumer<Session, ResultHandler> answer = answers.get(key);
            if (answer != null) {
                answer.accept(this, handler);
            } else if (SELECT_VARIABLES.matcher(key).find()) {
                variables(key, handler);
            } else {
                handler.end(end());
            }
        }

        private void variables(String sql, ResultHandler handler) {
            List<Query.Field> fields = new ArrayList<>();
            List<Object> values = new ArrayList<>();
            Matcher matcher = VARIABLE.matcher(sql);
            while (matcher.find()) {
                String name = matcher.group(1).replaceFirst("^(session|global)\\.", "");
                fields.add(field(matcher.group(2) == null ? "@@" + name : matcher.group(2), SqlType.VARCHAR, 255));
                values.add(VARIABLES.getOrDefault(name, "0"));
            }
            handler.fields(fields);
            handler.rows(List.of(row(values.toArray())));
            handler.end(end());
        }

        @Override
        public void query(String sql, ResultHandler handler) {
            run(sql, handler);
        }

        @Override
        public void prepare(String sql, PrepareHandler handler) {
            commands.add("prepare " + sql);
            Plan plan = plans.get(sql);
            if (plan == null) {
                handler.fail(VtError.VT12001.with("prepare of " + sql));
            } else {
                handler.prepared(plan);
            }
        }

        @Override
        public void execute(PreparedPlan plan, List<SqlValue> params, ResultHandler handler) {
            parameters.add(List.copyOf(params));
            run(((Plan) plan).sql(), handler);
        }

        @Override
        public void initDb(String name, ResultHandler handler) {
            if (!answers.containsKey("init " + name)) {
                target = name;
            }
            run("init " + name, handler);
        }

        @Override
        public void reset(ResultHandler handler) {
            run("reset", handler);
        }

        @Override
        public int statusFlags() {
            return status;
        }

        @Override
        public int warningCount() {
            return 0;
        }

        @Override
        public String targetString() {
            return target;
        }

        @Override
        public void kill() {
            throw new AssertionError("nobody kills here");
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
