package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vtsphere.gateway.CallHandle;
import io.vtsphere.gateway.Reply;
import io.vtsphere.gateway.StreamHandle;
import io.vtsphere.gateway.StreamReply;
import io.vtsphere.vterrors.VtException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keeps the handles of a session's calls for as long as they run. Confined to the session's event loop. */
final class CallTracker {
    private final RunningCalls running;

    CallTracker(RunningCalls running) {
        this.running = running;
    }

    /** What a tablet said to a statement: exactly one of the two is there. */
    record Answer(
            Query.@Nullable QueryResult result, @Nullable VtException error) {}

    /**
     * Starts a call and passes on what it brings.
     *
     * @param note hears of a result before the reply does
     * @param read takes the statement's answer out of the call's
     */
    <T> void track(
            Reply<Query.QueryResult> reply,
            Consumer<Query.QueryResult> note,
            Function<Reply<T>, CallHandle> start,
            Function<T, Answer> read) {
        Tracked<T> tracked = new Tracked<>(reply, note, read);
        tracked.started(start.apply(tracked));
    }

    private final class Tracked<T> implements Reply<T> {
        private final Reply<Query.QueryResult> reply;
        private final Consumer<Query.QueryResult> note;
        private final Function<T, Answer> read;
        private @Nullable CallHandle handle;
        private boolean ended;

        Tracked(Reply<Query.QueryResult> reply, Consumer<Query.QueryResult> note, Function<T, Answer> read) {
            this.reply = reply;
            this.note = note;
            this.read = read;
        }

        void started(CallHandle started) {
            // The answer may have come within the call that started it.
            if (!ended) {
                handle = started;
                running.add(started);
            }
        }

        private void end() {
            ended = true;
            if (handle != null) {
                running.remove(handle);
            }
        }

        @Override
        public void success(T value) {
            end();
            Answer answer = read.apply(value);
            if (answer.error() != null) {
                reply.failure(answer.error());
            } else if (answer.result() != null) {
                note.accept(answer.result());
                reply.success(answer.result());
            }
        }

        @Override
        public void failure(VtException error) {
            end();
            reply.failure(running.isKilled() ? ShardErrors.interrupted() : error);
        }
    }

    /** Starts a stream and passes on what it brings. */
    StreamHandle trackStream(StreamReply rows, Function<StreamReply, StreamHandle> start) {
        TrackedStream tracked = new TrackedStream(rows);
        StreamHandle handle = start.apply(tracked);
        tracked.handle = handle;
        running.add(handle);
        return handle;
    }

    private final class TrackedStream implements StreamReply {
        private final StreamReply rows;
        private @Nullable StreamHandle handle;

        TrackedStream(StreamReply rows) {
            this.rows = rows;
        }

        @Override
        public void onResult(Query.QueryResult result) {
            rows.onResult(result);
        }

        @Override
        public void success() {
            end();
            rows.success();
        }

        @Override
        public void failure(VtException error) {
            end();
            rows.failure(running.isKilled() ? ShardErrors.interrupted() : error);
        }

        private void end() {
            if (handle != null) {
                running.remove(handle);
            }
        }
    }
}
