package io.vtsphere.frontend.schema;

import io.netty.channel.EventLoop;
import io.vitess.proto.Query;
import io.vitess.proto.Vtrpc;
import io.vtsphere.gateway.Call;
import io.vtsphere.gateway.StreamHandle;
import io.vtsphere.gateway.StreamReply;
import io.vtsphere.gateway.TabletGateway;
import io.vtsphere.topo.Target;
import io.vtsphere.topo.TrackedSchema;
import io.vtsphere.vterrors.VtException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads schemas by two queries of a tablet's {@code information_schema}, whose rows stream. Confined to the loop. */
final class TabletSchemas implements SchemaSource {
    private final TabletGateway gateway;
    private final EventLoop loop;
    private final Duration timeout;

    /** @param timeout of one query */
    TabletSchemas(TabletGateway gateway, EventLoop loop, Duration timeout) {
        this.gateway = gateway;
        this.loop = loop;
        this.timeout = timeout;
    }

    @Override
    public void read(Target target, Consumer<TrackedSchema> found, Consumer<VtException> failed) {
        TrackedSchemaReader reader = new TrackedSchemaReader();
        ask(
                target,
                TrackedSchemaReader.COLUMNS,
                reader::column,
                () -> ask(
                        target,
                        TrackedSchemaReader.FOREIGN_KEYS,
                        reader::foreignKey,
                        () -> found.accept(reader.schema()),
                        failed),
                failed);
    }

    private void ask(
            Target target, String sql, Consumer<Query.Row> rows, Runnable answered, Consumer<VtException> failed) {
        Call call = new Call(
                target,
                null,
                loop,
                timeout.toNanos(),
                true,
                Vtrpc.CallerID.getDefaultInstance(),
                Query.VTGateCallerID.getDefaultInstance());
        Answer answer = new Answer(rows, answered, failed);
        answer.handle = gateway.streamExecute(
                call,
                Query.BoundQuery.newBuilder().setSql(sql).build(),
                Query.ExecuteOptions.newBuilder()
                        .setIncludedFields(Query.ExecuteOptions.IncludedFields.TYPE_ONLY)
                        .setWorkload(Query.ExecuteOptions.Workload.OLAP)
                        .build(),
                0,
                0,
                answer);
        answer.handle.request(1);
    }

    /** Takes one piece after another. */
    private static final class Answer implements StreamReply {
        private final Consumer<Query.Row> rows;
        private final Runnable answered;
        private final Consumer<VtException> failed;
        private @Nullable StreamHandle handle;

        Answer(Consumer<Query.Row> rows, Runnable answered, Consumer<VtException> failed) {
            this.rows = rows;
            this.answered = answered;
            this.failed = failed;
        }

        @Override
        public void onResult(Query.QueryResult result) {
            result.getRowsList().forEach(rows);
            if (handle != null) {
                handle.request(1);
            }
        }

        @Override
        public void success() {
            answered.run();
        }

        @Override
        public void failure(VtException error) {
            failed.accept(error);
        }
    }
}
