package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vtsphere.executor.rows.Cells;
import io.vtsphere.executor.rows.RowOrder;
import io.vtsphere.gateway.Reply;
import io.vtsphere.gateway.StreamHandle;
import io.vtsphere.planner.Primitive;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A read that passes rows on as they come, from one shard or merged from several, with no more than a piece of each in memory.
 *
 * <p>Used once; confined to the session's event loop. Rows that were passed before a shard fails stay with the client.
 */
final class StreamRun {
    /** Rows handed over at once. */
    static final int BATCH = 256;

    private final Primitive.Route route;
    private final RowSink sink;
    private final Consumer<VtException> failure;
    private final List<RowStream> streams = new ArrayList<>();
    private @Nullable RowOrder order;
    private List<Query.Field> fields = List.of();
    private int columns;
    private boolean fieldsSent;
    private boolean waiting;
    private boolean finished;
    private boolean advancing;
    private boolean moved;

    StreamRun(Primitive.Route route, RowSink sink, Consumer<VtException> failure) {
        this.route = route;
        this.sink = sink;
        this.failure = failure;
    }

    /** Starts a stream on each shard; unordered ones are drained one after the other. */
    void start(List<ShardQuery> shards, Starter starter) {
        shards.forEach(shard -> streams.add(new RowStream(this::advance)));
        for (int i = 0; i < shards.size(); i++) {
            RowStream stream = streams.get(i);
            starter.start(shards.get(i), stream, new Reply<>() {
                @Override
                public void success(StreamHandle handle) {
                    stream.started(handle);
                    advance();
                }

                @Override
                public void failure(VtException error) {
                    stream.failure(error);
                }
            });
        }
    }

    /** Opens the stream of one shard. */
    interface Starter {
        void start(ShardQuery shard, RowStream stream, Reply<StreamHandle> reply);
    }

    /** A stream that is asked may answer at once: what came is looked at when the work at hand is done, so that rows keep their order. */
    private void advance() {
        moved = true;
        if (advancing) {
            return;
        }
        advancing = true;
        while (moved) {
            moved = false;
            work();
        }
        advancing = false;
    }

    private void work() {
        try {
            VtException error = finished ? null : error();
            if (error != null) {
                fail(error);
            } else {
                passOn();
            }
        } catch (VtException e) {
            fail(e);
        } catch (RuntimeException e) {
            fail(StatementRun.bug(e));
        }
    }

    /** Gives up: nothing is passed on any more, no error either. */
    void stop() {
        finished = true;
        streams.forEach(RowStream::cancel);
    }

    private void fail(VtException error) {
        stop();
        failure.accept(error);
    }

    private void passOn() {
        while (!finished && !waiting && !moved) {
            if (!sink.writable()) {
                waiting = true;
                sink.onWritable(() -> {
                    waiting = false;
                    advance();
                });
                return;
            }
            if (!knowsFields() || !sendRows()) {
                return;
            }
        }
    }

    private @Nullable VtException error() {
        for (RowStream stream : streams) {
            if (stream.error() != null) {
                return stream.error();
            }
        }
        return null;
    }

    /** The columns come from the first shard; @return whether they are known */
    private boolean knowsFields() {
        if (!fields.isEmpty()) {
            return true;
        }
        RowStream first = streams.get(0);
        if (first.fields().isEmpty()) {
            first.ask();
            return false;
        }
        fields = first.fields();
        if (!route.orderBy().isEmpty() && streams.size() > 1) {
            order = new RowOrder(route.orderBy(), fields);
        }
        columns = PlanRun.kept(route.resultColumns(), fields.size());
        return true;
    }

    /** Only once there is a row to show, because until then a plan may be given up for another. */
    private void sendFields() {
        if (!fieldsSent) {
            fieldsSent = true;
            sink.fields(fields.subList(0, columns));
        }
    }

    /** Passes a batch on; @return false when there is nothing to do until a stream moves, or at all */
    private boolean sendRows() {
        List<Query.Row> batch = new ArrayList<>();
        while (batch.size() < BATCH) {
            RowStream next = order == null ? nextInTurn() : nextInOrder(order);
            if (next == null) {
                break;
            }
            batch.add(Cells.leading(next.take(), columns));
        }
        if (!batch.isEmpty()) {
            sendFields();
            sink.rows(batch);
            return true;
        }
        // A stream that was asked just now may have failed, which is looked at next.
        if (!moved && streams.stream().allMatch(RowStream::isDrained)) {
            finished = true;
            sendFields();
            sink.end();
        }
        return false;
    }

    /** The stream whose row is next where any order will do; null when that is not known yet. */
    private @Nullable RowStream nextInTurn() {
        for (RowStream stream : streams) {
            if (stream.hasRow()) {
                return stream;
            }
            if (!stream.hasEnded()) {
                stream.ask();
                return null;
            }
        }
        return null;
    }

    /** The stream with the smallest row; null when that is not known yet. */
    private @Nullable RowStream nextInOrder(RowOrder by) {
        RowStream smallest = null;
        RowOrder.RowKey smallestKey = null;
        boolean unsettled = false;
        for (RowStream stream : streams) {
            if (!stream.isSettled()) {
                stream.ask();
                unsettled = true;
            } else if (stream.hasRow() && !unsettled) {
                RowOrder.RowKey key = stream.key(by);
                if (smallestKey == null || by.compare(key, smallestKey) < 0) {
                    smallest = stream;
                    smallestKey = key;
                }
            }
        }
        return unsettled ? null : smallest;
    }
}
