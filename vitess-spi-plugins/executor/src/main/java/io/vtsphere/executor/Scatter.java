package io.vtsphere.executor;

import io.vitess.proto.Query;
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
            long held = 0;
            for (int i = 0; i < result.getRowsCount(); i++) {
                held += result.getRows(i).getValues().size();
            }
            require(result.getRowsCount(), held);
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

    private final List<ShardQuery> shards;
    private final int concurrency;
    private final Limits limits;
    private final BiConsumer<ShardQuery, Reply<Query.QueryResult>> call;
    private final Reply<List<Outcome>> reply;
    private final @Nullable Outcome[] outcomes;
    private int started;
    private int running;
    private boolean starting;
    private long rows;
    private long bytes;
    private @Nullable VtException overLimit;

    Scatter(
            List<ShardQuery> shards,
            int concurrency,
            Limits limits,
            BiConsumer<ShardQuery, Reply<Query.QueryResult>> call,
            Reply<List<Outcome>> reply) {
        this.shards = shards;
        this.concurrency = concurrency;
        this.limits = limits;
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
                    count(value);
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

    private void count(Query.QueryResult result) {
        rows += result.getRowsCount();
        for (int i = 0; i < result.getRowsCount() && overLimit == null; i++) {
            bytes += result.getRows(i).getValues().size();
        }
        overLimit = limits.exceeded(rows, bytes);
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
