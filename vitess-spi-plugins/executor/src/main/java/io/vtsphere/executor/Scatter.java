package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vtsphere.executor.rows.Cells;
import io.vtsphere.gateway.Reply;
import io.vtsphere.planner.Directives;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.State;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One query to several shards, some at a time, their answers in the order of the shards.
 *
 * <p>Used once; confined to the session's event loop.
 */
final class Scatter {
    /** What one shard answered: exactly one of the two is there. */
    record Outcome(
            ShardQuery shard,
            Query.@Nullable QueryResult result,
            @Nullable VtException error) {}

    /** How much may be held in memory by one statement. */
    record Limits(int rows, long bytes) {
        static final Limits NONE = new Limits(Integer.MAX_VALUE, Long.MAX_VALUE);

        static Limits of(GateConfig config, Directives directives) {
            return directives.ignoreMaxMemoryRows()
                    ? new Limits(Integer.MAX_VALUE, config.maxMemoryBytes())
                    : new Limits(config.maxMemoryRows(), config.maxMemoryBytes());
        }

        /** @throws VtException 1153 when so much is more than allowed */
        void require(long heldRows, long heldBytes) {
            VtException exceeded = exceeded(heldRows, heldBytes);
            if (exceeded != null) {
                throw exceeded;
            }
        }

        /** @throws VtException 1153 when a result is more than allowed */
        void require(Query.QueryResult result) {
            require(result.getRowsCount(), Cells.bytes(result.getRowsList()));
        }

        private @Nullable VtException exceeded(long heldRows, long heldBytes) {
            if (heldRows > rows) {
                return tooMuch("in-memory row count exceeded allowed limit of " + rows + " (max-memory-rows)");
            }
            return heldBytes > bytes
                    ? tooMuch("in-memory bytes exceeded allowed limit of " + bytes + " (max-memory-bytes)")
                    : null;
        }
    }

    /** What reads that run at the same time hold together. Confined to the session's event loop. */
    static final class Held {
        private final Limits limits;
        private long rows;
        private long bytes;

        Held(Limits limits) {
            this.limits = limits;
        }

        private @Nullable VtException add(Query.QueryResult result) {
            rows += result.getRowsCount();
            bytes += Cells.bytes(result.getRowsList());
            return limits.exceeded(rows, bytes);
        }
    }

    private final List<ShardQuery> shards;
    private final int concurrency;
    private final Held held;
    private final BiConsumer<ShardQuery, Reply<Query.QueryResult>> call;
    private final Reply<List<Outcome>> reply;
    private final @Nullable Outcome[] outcomes;
    private int started;
    private int running;
    private boolean starting;
    private @Nullable VtException overLimit;

    Scatter(
            List<ShardQuery> shards,
            int concurrency,
            Held held,
            BiConsumer<ShardQuery, Reply<Query.QueryResult>> call,
            Reply<List<Outcome>> reply) {
        this.shards = shards;
        this.concurrency = concurrency;
        this.held = held;
        this.call = call;
        this.reply = reply;
        this.outcomes = new Outcome[shards.size()];
    }

    /** Asks every shard; the reply fails only when a limit is exceeded, and comes when no call runs any more. */
    void start() {
        if (starting) {
            return;
        }
        starting = true;
        // A call that answers at once comes back through ended() while this loop runs, and must not start it again.
        while (running < concurrency && started < shards.size() && overLimit == null) {
            int index = started++;
            running++;
            call.accept(shards.get(index), new Reply<>() {
                @Override
                public void success(Query.QueryResult value) {
                    overLimit = overLimit == null ? held.add(value) : overLimit;
                    ended(index, new Outcome(shards.get(index), overLimit == null ? value : null, overLimit));
                }

                @Override
                public void failure(VtException error) {
                    ended(index, new Outcome(shards.get(index), null, error));
                }
            });
        }
        starting = false;
        if (running == 0) {
            finish();
        }
    }

    static VtException tooMuch(String text) {
        return VtException.of(Code.RESOURCE_EXHAUSTED, State.NET_PACKET_TOO_LARGE, text);
    }

    private void ended(int index, Outcome outcome) {
        outcomes[index] = outcome;
        running--;
        start();
    }

    private void finish() {
        if (overLimit != null) {
            reply.failure(overLimit);
        } else {
            reply.success(new ArrayList<>(Arrays.asList(outcomes)));
        }
    }
}
