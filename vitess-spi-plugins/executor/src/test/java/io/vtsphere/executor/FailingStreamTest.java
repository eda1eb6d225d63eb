package io.vtsphere.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitess.proto.Query;
import io.vtsphere.gateway.Reply;
import io.vtsphere.gateway.StreamHandle;
import io.vtsphere.planner.Opcode;
import io.vtsphere.planner.OrderKey;
import io.vtsphere.planner.Primitive;
import io.vtsphere.planner.QueryText;
import io.vtsphere.planner.Routing;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.Target;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A shard whose stream fails at the moment when it is asked for more: its error ends the statement, which never looks complete. */
class FailingStreamTest {
    private final List<String> events = new ArrayList<>();

    /** Each shard gives a row at once; asked again, the second one fails at once, and the first one ends. */
    private void start(ShardQuery shard, RowStream stream, Reply<StreamHandle> reply) {
        int[] asked = {0};
        reply.success(new StreamHandle() {
            @Override
            public void request(int n) {
                if (asked[0]++ == 0) {
                    stream.onResult(Results.rows(List.of(Results.field("id", SqlType.INT64)), Results.row("1")));
                } else if (shard.target().shard().equals("80-")) {
                    stream.failure(VtException.of(Code.UNAVAILABLE, "the tablet is gone"));
                } else {
                    stream.success();
                }
            }

            @Override
            public void cancel() {}
        });
    }

    private final RowSink sink = new RowSink() {
        @Override
        public void fields(List<Query.Field> fields) {}

        @Override
        public void rows(List<Query.Row> rows) {
            events.add(rows.size() + " rows");
        }

        @Override
        public boolean writable() {
            return true;
        }

        @Override
        public void onWritable(Runnable task) {
            task.run();
        }

        @Override
        public void end() {
            events.add("end");
        }
    };

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void failureWhileItIsAsked_isTheEnd(boolean ordered) {
        List<OrderKey> order = ordered ? List.of(new OrderKey(0, OrderKey.NONE, false)) : List.of();
        Primitive.Route route = new Primitive.Route(
                Routing.of(Opcode.SCATTER, "customer", true),
                QueryText.of("select id from customer"),
                "",
                order,
                0,
                false,
                List.of(),
                List.of());
        List<ShardQuery> shards = List.of("-80", "80-").stream()
                .map(shard -> new ShardQuery(new Target("customer", shard, TabletType.PRIMARY)))
                .toList();
        new StreamRun(route, sink, error -> events.add(error.getMessage())).start(shards, this::start);
        assertThat(events).endsWith("the tablet is gone").doesNotContain("end");
    }
}
