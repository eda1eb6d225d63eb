package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vtsphere.executor.join.JoinStep;
import io.vtsphere.executor.rows.Cells;
import io.vtsphere.planner.JoinPart;
import io.vtsphere.planner.Primitive;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One later part of a join that is streamed: collects rows until they are worth a question, asks, and hands the joined rows on. While a question
 * runs it takes no more.
 *
 * <p>Used once; confined to the session's event loop.
 */
final class JoinStage {
    /** Rows that are collected before the part is asked. */
    private static final int BATCH = 1_000;

    private final JoinStream stream;
    private final JoinPart part;
    private final int number;
    private final Binds binds;
    private final StreamReads reads;
    private final @Nullable JoinStage next;
    private final List<Query.@Nullable Row[]> pending = new ArrayList<>();
    private @Nullable JoinStep step;
    private @Nullable List<Query.Row> whole;
    private @Nullable Runnable waiting;
    private boolean asking;
    private boolean waits;
    private boolean ended;
    private boolean over;

    /** @param next the stage of the part behind this one; null for the last */
    JoinStage(JoinStream stream, JoinPart part, int number, Binds binds, StreamReads reads, @Nullable JoinStage next) {
        this.stream = stream;
        this.part = part;
        this.number = number;
        this.binds = binds;
        this.reads = reads;
        this.next = next;
    }

    void take(List<Query.@Nullable Row[]> tuples) {
        pending.addAll(tuples);
        proceed();
    }

    void end() {
        ended = true;
        proceed();
    }

    boolean writable() {
        return !asking && pending.size() < BATCH && nextWritable();
    }

    void onWritable(Runnable task) {
        waiting = task;
        proceed();
    }

    private boolean nextWritable() {
        return next == null ? stream.clientWritable() : next.writable();
    }

    /** Does what can be done now. */
    private void proceed() {
        if (asking || waits || over || stream.isOver()) {
            return;
        }
        if (!nextWritable()) {
            waits = true;
            Runnable again = () -> {
                waits = false;
                stream.guarded(this::proceed);
            };
            if (next == null) {
                stream.onClientWritable(again);
            } else {
                next.onWritable(again);
            }
        } else if (pending.size() >= BATCH || (ended && !pending.isEmpty())) {
            join();
        } else if (!ended) {
            Runnable task = waiting;
            waiting = null;
            if (task != null) {
                task.run();
            }
        } else if (stream.partFields().get(number).isEmpty()) {
            asking = true;
            askFields(() -> {
                asking = false;
                proceed();
            });
        } else {
            step().requireAlike(stream.partFields().get(number));
            over = true;
            if (next == null) {
                stream.finish();
            } else {
                next.end();
            }
        }
    }

    private JoinStep step() {
        JoinStep known = step;
        if (known == null) {
            known = new JoinStep(part, number, stream.partFields());
            step = known;
        }
        return known;
    }

    private void join() {
        if (!stream.wantsMore()) {
            pending.clear();
            proceed();
            return;
        }
        JoinStep asked = step();
        JoinStep.Batch batch = asked.next(pending, 0);
        asking = true;
        List<Query.Row> all = whole;
        if (all != null) {
            deliver(asked, batch, all);
        } else if (batch.values().isEmpty() && !part.links().isEmpty()) {
            if (stream.partFields().get(number).isEmpty()) {
                askFields(() -> deliver(asked, batch, List.of()));
            } else {
                deliver(asked, batch, List.of());
            }
        } else {
            ask(asked, batch);
        }
    }

    private void ask(JoinStep asked, JoinStep.Batch batch) {
        Primitive.Route route = JoinReads.route(part.rows());
        Binds with = part.links().isEmpty() ? binds : binds.copy().setList(part.keys(), batch.values());
        boolean everywhere = asked.asksEverywhere() || part.rows() instanceof Primitive.VindexLookup;
        List<ShardQuery> shards =
                everywhere ? JoinReads.everywhere(part.rows(), part.keys(), with, reads.router()) : null;
        if (shards == null) {
            shards = reads.router().resolve(route.routing(), with);
        }
        if (shards.isEmpty()) {
            askFields(() -> deliver(asked, batch, List.of()));
            return;
        }
        Collected collected = new Collected();
        collected.done = () -> {
            if (part.links().isEmpty()) {
                whole = collected.rows;
            }
            deliver(asked, batch, collected.rows);
        };
        collected.start(reads.rows(route, shards, with, collected, stream::fail));
    }

    private void askFields(Runnable then) {
        Collected collected = new Collected();
        collected.done = then;
        collected.start(reads.fields(JoinReads.route(part.rows()), binds, collected, stream::fail));
    }

    private void deliver(JoinStep asked, JoinStep.Batch batch, List<Query.Row> found) {
        List<Query.@Nullable Row[]> longer =
                asked.join(batch, stream.partFields().get(number), found);
        reads.limits().require(longer.size(), 0);
        pending.subList(0, batch.rows().size()).clear();
        asking = false;
        if (next == null) {
            stream.emit(longer);
        } else if (!longer.isEmpty()) {
            next.take(longer);
        }
        proceed();
    }

    /** The rows of one answer, within the limits of the statement. */
    private final class Collected implements RowSink {
        private final List<Query.Row> rows = new ArrayList<>();
        private Runnable done = () -> {};
        private @Nullable StreamRun run;
        private boolean ended;
        private long bytes;

        /** The run may have ended before it is handed over. */
        void start(StreamRun started) {
            run = started;
            if (!ended) {
                stream.running(started);
            }
        }

        @Override
        public void fields(List<Query.Field> columns) {
            stream.partFields().set(number, columns);
        }

        @Override
        public void rows(List<Query.Row> more) {
            rows.addAll(more);
            bytes += Cells.bytes(more);
            reads.limits().require(rows.size(), bytes);
        }

        @Override
        public void end() {
            ended = true;
            StreamRun finished = run;
            if (finished != null) {
                stream.ended(finished);
            }
            if (!stream.isOver()) {
                done.run();
            }
        }

        @Override
        public boolean writable() {
            return true;
        }

        @Override
        public void onWritable(Runnable task) {
            throw new IllegalStateException("always writable");
        }
    }
}
