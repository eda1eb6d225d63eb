package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vtsphere.executor.rows.Cells;
import io.vtsphere.planner.Primitive;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * VEXPLAIN QUERIES, ALL and TRACE: runs the plan and shows what it did instead of its rows.
 *
 * <p>Used once, on a session thread. Source of the columns: Vitess' {@code go/vt/vtgate/engine/vexplain.go}.
 */
final class ExplainRun {
    private final Primitive.Explained explained;
    private final ShardRun shards;
    private final SentQueries queries = new SentQueries();
    private final Map<Primitive, Step> steps = new IdentityHashMap<>();

    /** How often a step ran, and what it gave. */
    private static final class Step {
        private long calls;
        private long rows;
        private long queries;
    }

    ExplainRun(Primitive.Explained explained, ShardRun shards) {
        this.explained = explained;
        this.shards = shards;
    }

    /** Runs a step for the trace. */
    StatementResult step(Primitive primitive, Function<Primitive, StatementResult> run) {
        int before = queries.sent().size();
        StatementResult result = run.apply(primitive);
        Step step = steps.computeIfAbsent(primitive, unused -> new Step());
        step.calls++;
        step.rows += result.rows().size();
        step.queries += queries.sent().size() - before;
        return result;
    }

    /** @param run runs the explained plan */
    StatementResult run(Runnable run) {
        shards.noting(queries, run);
        return switch (explained.detail()) {
            case QUERIES -> listing();
            case ALL -> text("VExplain", all());
            case TRACE -> text("Trace", explained.plan().toJson(this::traced));
            case PLAN -> throw new IllegalStateException("a plan is shown without running it");
        };
    }

    private StatementResult listing() {
        List<Query.Field> fields = List.of(
                bare("#", SqlType.INT32),
                bare("keyspace", SqlType.VARCHAR),
                bare("shard", SqlType.VARCHAR),
                bare("query", SqlType.VARCHAR));
        List<Query.Row> rows = new ArrayList<>();
        for (SentQueries.Sent sent : queries.sent()) {
            rows.add(Fields.row(List.of(
                    SqlValue.int64(sent.step()),
                    SqlValue.varchar(sent.target().keyspace()),
                    SqlValue.varchar(sent.target().shard()),
                    SqlValue.varchar(sent.sql()))));
        }
        return StatementResult.rows(fields, rows);
    }

    /** MySQL's own plan of each query that reads, beside the plan of the statement. */
    private String all() {
        List<Map<String, Object>> explains = new ArrayList<>();
        for (SentQueries.Sent sent : List.copyOf(queries.sent())) {
            if (sent.sql().startsWith("select")) {
                Query.BoundQuery query = Query.BoundQuery.newBuilder()
                        .setSql("explain format = json " + sent.sql())
                        .build();
                StatementResult answer = shards.read(sent.target(), query, false);
                var cell =
                        answer.rows().isEmpty() ? null : Cells.get(answer.rows().get(0), 0);
                explains.add(Map.of(
                        "Keyspace", sent.target().keyspace(),
                        "Shard", sent.target().shard(),
                        "Query", sent.sql(),
                        "Explain", cell == null ? "" : cell.toStringUtf8()));
            }
        }
        Primitive root = explained.plan().root();
        return explained.plan().toJson(step -> step == root ? Map.of("Queries", explains) : Map.of());
    }

    private Map<String, ?> traced(Primitive primitive) {
        Step step = steps.getOrDefault(primitive, new Step());
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("NoOfCalls", step.calls);
        if (step.calls > 0) {
            fields.put("AvgNumberOfRows", step.rows / step.calls);
            fields.put("ShardsQueried", step.queries);
        }
        return fields;
    }

    private static StatementResult text(String column, String text) {
        return StatementResult.rows(List.of(bare(column, SqlType.VARCHAR)), List.of(Fields.textRow(List.of(text))));
    }

    static Query.Field bare(String name, SqlType type) {
        return Query.Field.newBuilder()
                .setName(name)
                .setTypeValue(type.number())
                .build();
    }
}
