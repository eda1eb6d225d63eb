package io.vtsphere.executor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.vitess.proto.Query;
import io.vtsphere.gateway.Reply;
import io.vtsphere.gateway.StreamHandle;
import io.vtsphere.planner.OrderKey;
import io.vtsphere.planner.Primitive;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.Target;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What streams through more than a read keeps little in memory: the gate here may keep three rows. */
class StreamStepsTest {
    private static final int ROWS = 300;
    private static final Query.Field NAME = Results.field("email", SqlType.VARCHAR);
    private static final Query.Field WEIGHT = Results.field("weight_string(email)", SqlType.VARBINARY);

    private final FakeTablets tablets = new FakeTablets();
    private final Gate gate = Cluster.gate(tablets, Map.of("max-memory-rows", "3"));
    private final Client client = new Client(gate);

    StreamStepsTest() {
        client.initDb("customer");
        client.query("set workload = olap");
    }

    @AfterEach
    void close() {
        client.close();
        gate.close();
    }

    private static String name(int i) {
        return String.format(Locale.ROOT, "n%04d", i);
    }

    /** Both shards have every name, the groups of one shard count 1 row and those of the other 10. */
    private void namesWithCounts(boolean weights) {
        tablets.answer((target, query) -> {
            Query.QueryResult.Builder result = Query.QueryResult.newBuilder();
            boolean counts = query.getSql().contains("count(*)");
            result.addFields(NAME);
            if (counts) {
                result.addFields(Results.field("count(*)", SqlType.INT64));
            }
            result.addFields(WEIGHT);
            String count = target.shard().equals("-80") ? "1" : "10";
            for (int i = 0; i < ROWS; i++) {
                String weight = weights ? name(i) : null;
                result.addRows(counts ? Results.row(name(i), count, weight) : Results.row(name(i), weight));
            }
            return result.build();
        });
    }

    @Test
    void groups_areAddedUpAsTheyCome() {
        namesWithCounts(true);

        Client.Answer answer = client.query("select email, count(*) from customer group by email");

        assertThat(answer.rows()).hasSize(ROWS);
        assertThat(answer.texts()).startsWith(List.of(name(0), "11"), List.of(name(1), "11"));
        assertThat(answer.texts()).endsWith(List.of(name(ROWS - 1), "11"));
        assertThat(answer.fields()).extracting(Query.Field::getName).containsExactly("email", "count(*)");
        assertThat(tablets.log()).isNotEmpty().allMatch(call -> call.contains("stream "));
        assertThat(client.query("select found_rows()").texts()).containsExactly(List.of("300"));
    }

    @Test
    void groups_ofNoRows_areNone_andACountOfNoneIsZero() {
        tablets.answer(
                (target, query) -> Results.rows(List.of(NAME, Results.field("count(*)", SqlType.INT64), WEIGHT)));
        assertThat(client.query("select email, count(*) from customer group by email")
                        .rows())
                .isEmpty();

        tablets.answer(
                (target, query) -> Results.rows(List.of(Results.field("count(*)", SqlType.INT64)), Results.row("0")));
        assertThat(client.query("select count(*) from customer").texts()).containsExactly(List.of("0"));
    }

    @Test
    void aggregatesWithoutKeys_giveOneRow() {
        tablets.answer(
                (target, query) -> Results.rows(List.of(Results.field("count(*)", SqlType.INT64)), Results.row("40")));

        assertThat(client.query("select count(*) from customer").texts()).containsExactly(List.of("80"));
        assertThat(tablets.log()).allMatch(call -> call.contains("stream "));
    }

    @Test
    void limit_cutsTheMergedRows_andTheShardsGetItsSum() {
        namesWithCounts(true);

        assertThat(client.query("select email from customer order by email limit 5")
                        .texts())
                .containsExactly(
                        List.of(name(0)), List.of(name(0)), List.of(name(1)), List.of(name(1)), List.of(name(2)));
        assertThat(client.query("select email from customer order by email limit 3, 4")
                        .texts())
                .containsExactly(List.of(name(1)), List.of(name(2)), List.of(name(2)), List.of(name(3)));
        assertThat(client.query("select email from customer order by email limit 10000 offset 598")
                        .texts())
                .containsExactly(List.of(name(299)), List.of(name(299)));
        assertThat(client.query("select email from customer order by email limit 7 offset 600")
                        .rows())
                .isEmpty();
        assertThat(tablets.log()).allMatch(call -> call.contains("stream "));
    }

    @Test
    void distinct_beyondTheRowsThatMayBeKept_isRefusedWithTheLimit() {
        tablets.answer((target, query) -> {
            Query.QueryResult.Builder result =
                    Query.QueryResult.newBuilder().addFields(NAME).addFields(WEIGHT);
            for (int i = 0; i < 50; i++) {
                result.addRows(Results.row(name(i % 3), name(i % 3)));
            }
            return result.build();
        });
        assertThat(client.query("select distinct email from customer").rows()).hasSize(3);

        namesWithCounts(true);
        VtException error = client.error("select distinct email from customer");

        assertThat(error.errno()).isEqualTo(1153);
        assertThat(error.getMessage()).isEqualTo("in-memory row count exceeded allowed limit of 3 (max-memory-rows)");
    }

    @Test
    void valuesWhoseOrderIsNotKnown_takeTheOtherWay_beforeTheClientHasHeardAnything() {
        namesWithCounts(false);

        VtException error = client.error("select email, count(*) from customer group by email");

        assertThat(tablets.log()).anyMatch(call -> call.contains("stream "));
        assertThat(tablets.log())
                .as("the way over a tablet has begun, whose answers do not fit here")
                .anyMatch(call -> call.contains("information_schema.columns") || call.contains("limit 0"));
        assertThat(error).isNotNull();
    }

    @Test
    void anErrorAfterRows_isTheEnd() {
        tablets.answer((target, query) -> {
            boolean broken = target.shard().equals("80-");
            Query.QueryResult.Builder result =
                    Query.QueryResult.newBuilder().addFields(NAME).addFields(WEIGHT);
            for (int i = 0; i < ROWS; i++) {
                result.addRows(Results.row(name(i), broken && i > 100 ? null : name(i)));
            }
            return result.build();
        });

        VtException error = client.error("select email from customer order by email");

        assertThat(error.code()).isEqualTo(Code.UNIMPLEMENTED);
        assertThat(tablets.log()).allMatch(call -> call.contains("stream "));
    }

    /** Sixteen sorted streams of 20,000 rows each, which are made when they are asked for. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sortedStreams_areMergedWithOnePieceOfEachInMemory(boolean answerAtOnce) {
        int shards = 16;
        int rows = 20_000;
        int pieceRows = 50;
        int[] held = new int[2];
        List<Query.Field> fields = List.of(Results.field("id", SqlType.INT64));
        long[] last = {-1, 0};
        boolean[] started = {false};
        RowTarget counting = new RowTarget() {
            @Override
            public void fields(List<Query.Field> all) {
                assertThat(all).isEqualTo(fields);
            }

            @Override
            public void rows(List<Query.Row> passed) {
                held[0] -= passed.size();
                for (Query.Row row : passed) {
                    long id = Long.parseLong(row.getValues().toStringUtf8());
                    assertThat(id).isEqualTo(last[0] + 1);
                    last[0] = id;
                }
            }

            @Override
            public boolean writable() {
                return true;
            }

            @Override
            public void onWritable(Runnable task) {
                throw new AssertionError("always writable");
            }
        };
        List<VtException> errors = new ArrayList<>();
        Primitive.Route route = HandMadePlans.scan(List.of(new OrderKey(0, OrderKey.NONE, false)), 0);
        StreamRun run = new StreamRun(route, new ClientRows(counting, count -> last[1] += count), errors::add);
        List<Runnable> pending = new ArrayList<>();
        List<ShardQuery> queries = new ArrayList<>();
        for (int i = 0; i < shards; i++) {
            queries.add(new ShardQuery(new Target("customer", "s" + i, TabletType.PRIMARY), Map.of()));
        }

        run.start(queries, new StreamRun.Starter() {
            private int next;

            @Override
            public void start(ShardQuery shard, RowStream stream, Reply<StreamHandle> reply) {
                int number = next++;
                int[] sent = {-1};
                reply.success(new StreamHandle() {
                    @Override
                    public void request(int n) {
                        if (answerAtOnce && started[0]) {
                            piece(stream, number, sent);
                        } else {
                            pending.add(() -> piece(stream, number, sent));
                        }
                    }

                    @Override
                    public void cancel() {}
                });
            }

            private void piece(RowStream stream, int number, int[] sent) {
                Query.QueryResult.Builder piece = Query.QueryResult.newBuilder();
                if (sent[0] < 0) {
                    sent[0] = 0;
                    stream.onResult(piece.addAllFields(fields).build());
                    return;
                }
                for (int i = 0; i < pieceRows && sent[0] < rows; i++, sent[0]++) {
                    ByteString id = ByteString.copyFromUtf8(Long.toString((long) sent[0] * shards + number));
                    piece.addRows(Query.Row.newBuilder().addLengths(id.size()).setValues(id));
                }
                held[0] += piece.getRowsCount();
                held[1] = Math.max(held[0], held[1]);
                if (piece.getRowsCount() == 0) {
                    stream.success();
                } else {
                    stream.onResult(piece.build());
                }
            }
        });
        started[0] = true;
        while (!pending.isEmpty()) {
            pending.remove(0).run();
        }

        assertThat(errors).isEmpty();
        assertThat(last[1]).isEqualTo((long) shards * rows);
        int onTheirWay = answerAtOnce ? StreamRun.BATCH : 0;
        assertThat(held[1]).isLessThanOrEqualTo(shards * pieceRows + onTheirWay);
    }
}
