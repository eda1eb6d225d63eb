package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vtsphere.executor.join.JoinStep;
import io.vtsphere.executor.join.JoinedRows;
import io.vtsphere.planner.JoinPart;
import io.vtsphere.planner.Opcode;
import io.vtsphere.planner.Primitive;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Primitive.Join} whose first part is streamed: takes its rows and passes the joined ones on, with a batch of the first part's rows and
 * what goes together with them in memory.
 *
 * <p>Used once; confined to the session's event loop.
 */
final class JoinStream implements RowSink {
    private final Primitive.Join join;
    private final RowSink client;
    private final Consumer<VtException> failure;
    private final List<List<Query.Field>> fields = new ArrayList<>();
    private final JoinStage first;
    private final List<StreamRun> running = new ArrayList<>();
    private @Nullable JoinedRows joined;
    private boolean over;

    /**
     * @param binds of the whole statement
     * @param failure hears of the first error of any part; nothing runs any more then
     */
    JoinStream(Primitive.Join join, Binds binds, StreamReads reads, RowSink client, Consumer<VtException> failure) {
        this.join = join;
        this.client = client;
        this.failure = failure;
        join.parts().forEach(part -> fields.add(List.of()));
        JoinStage next = null;
        for (int i = join.parts().size() - 1; i > 0; i--) {
            next = new JoinStage(this, join.parts().get(i), i, binds, reads, next);
        }
        this.first = Objects.requireNonNull(next, "a join of one part");
    }

    /** Whether every part can be streamed: none needs to ask a lookup table that its own values do not make needless. */
    static boolean streams(Primitive.Join join) {
        for (JoinPart part : join.parts()) {
            Primitive rows = JoinReads.unlimited(part.rows());
            boolean plain = rows instanceof Primitive.Route route && FastPath.isPlain(route);
            boolean byKeys = rows instanceof Primitive.VindexLookup lookup
                    && lookup.routing().opcode() == Opcode.IN
                    && JoinReads.isByKeys(lookup.routing(), part.keys());
            if (!plain && !byKeys) {
                return false;
            }
        }
        return JoinReads.unlimited(join.parts().get(0).rows()) instanceof Primitive.Route;
    }

    /** Takes part in what is stopped when some part fails. */
    void running(StreamRun run) {
        running.add(run);
        if (over) {
            run.stop();
        }
    }

    void ended(StreamRun run) {
        running.remove(run);
    }

    boolean isOver() {
        return over;
    }

    void fail(VtException error) {
        if (!over) {
            over = true;
            List.copyOf(running).forEach(StreamRun::stop);
            failure.accept(error);
        }
    }

    /** Does work that an event other than a stream's piece starts. */
    void guarded(Runnable work) {
        if (over) {
            return;
        }
        try {
            work.run();
        } catch (VtException e) {
            fail(e);
        } catch (RuntimeException e) {
            fail(StatementRun.bug(e));
        }
    }

    /** The columns of every part, those that are not known yet empty. */
    List<List<Query.Field>> partFields() {
        return fields;
    }

    @Override
    public void fields(List<Query.Field> columns) {
        fields.set(0, columns);
    }

    @Override
    public void rows(List<Query.Row> rows) {
        first.take(JoinStep.first(rows, join.parts().size()));
    }

    @Override
    public void end() {
        first.end();
    }

    @Override
    public boolean writable() {
        return first.writable();
    }

    @Override
    public void onWritable(Runnable task) {
        first.onWritable(task);
    }

    /** Whether the client has not got all rows of its LIMIT. */
    @Override
    public boolean wantsMore() {
        return client.wantsMore();
    }

    boolean clientWritable() {
        return client.writable();
    }

    void onClientWritable(Runnable task) {
        client.onWritable(task);
    }

    /** Rows with all their parts, for the client. */
    void emit(List<Query.@Nullable Row[]> tuples) {
        if (!tuples.isEmpty()) {
            JoinedRows rows = joined();
            client.rows(tuples.stream().map(rows::row).toList());
        }
    }

    void finish() {
        over = true;
        joined();
        client.end();
    }

    private JoinedRows joined() {
        JoinedRows known = joined;
        if (known == null) {
            known = new JoinedRows(join.items(), fields);
            joined = known;
            client.fields(known.fields());
        }
        return known;
    }
}
