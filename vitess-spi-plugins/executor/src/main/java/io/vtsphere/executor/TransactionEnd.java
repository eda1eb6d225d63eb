package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vtsphere.gateway.Reply;
import io.vtsphere.topo.Target;
import io.vtsphere.vindex.VindexQueries.CommitOrder;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Commits and rolls back a session's transaction on its shards.
 *
 * <p>Confined to the session's event loop; nothing blocks. Source: Vitess' {@code go/vt/vtgate/tx_conn.go}.
 */
final class TransactionEnd {
    /** Shards that the warning about a partial commit names at most. */
    private static final int NAMED_SHARDS = 16;

    /** Vitess' code of the warning that a transaction was committed on some shards only. */
    static final int NON_ATOMIC_COMMIT = 301;

    private final SessionState session;
    private final ShardCalls calls;
    private final GateMetrics metrics;

    TransactionEnd(SessionState session, ShardCalls calls, GateMetrics metrics) {
        this.session = session;
        this.calls = calls;
        this.metrics = metrics;
    }

    /**
     * Commits shard by shard in the order of their opening. When one fails, those before stay committed (a warning says so), those after
     * are rolled back. In every case the session is out of its transaction when the reply comes.
     */
    void commit(Reply<Boolean> reply) {
        Transaction transaction = session.transaction;
        List<ShardSession> begun = transaction.begunInCommitOrder();
        if (!begun.isEmpty()) {
            boolean writes = begun.stream().anyMatch(shard -> !shard.readOnly);
            metrics.transaction(begun.size() > 1, writes);
        }
        commitFrom(begun, 0, reply);
    }

    private void commitFrom(List<ShardSession> begun, int index, Reply<Boolean> reply) {
        if (index == begun.size()) {
            session.transaction.close();
            reply.success(true);
            return;
        }
        ShardSession shard = begun.get(index);
        calls.commit(shard, new Reply<>() {
            @Override
            public void success(Long reservedId) {
                ended(shard, reservedId);
                commitFrom(begun, index + 1, reply);
            }

            @Override
            public void failure(VtException error) {
                if (shard.order == CommitOrder.POST) {
                    // Every row is committed; an entry that no row needs does no harm.
                    session.warn(0, "post-operation transaction had an error: " + error.getMessage());
                    releaseAll(List.of(shard), unused -> commitFrom(begun, index + 1, reply));
                    return;
                }
                if (index > 0) {
                    metrics.warning("NonAtomicCommit");
                    session.warn(
                            NON_ATOMIC_COMMIT,
                            "multi-db commit failed after committing to " + index + " shards: "
                                    + named(begun.subList(0, index)));
                }
                // Whether that shard has committed is not known; its connection cannot be trusted either way.
                releaseAll(begun.subList(index, begun.size()), unused -> {
                    session.transaction.close();
                    reply.failure(error);
                });
            }
        });
    }

    /** Rolls back every shard at once. The session is out of its transaction when the reply comes, even when that is a failure. */
    void rollback(Reply<Boolean> reply) {
        List<ShardSession> begun = session.transaction.begun();
        each(
                begun,
                (shard, done) -> calls.rollback(shard, new Reply<>() {
                    @Override
                    public void success(Long reservedId) {
                        ended(shard, reservedId);
                        done.accept(null);
                    }

                    @Override
                    public void failure(VtException error) {
                        done.accept(error);
                    }
                }),
                errors -> {
                    if (errors.isEmpty()) {
                        session.transaction.close();
                        reply.success(true);
                        return;
                    }
                    VtException error = ShardErrors.aggregate(errors);
                    session.warn(
                            0,
                            "rollback encountered an error and connection to all shard for this session is released: "
                                    + error.getMessage());
                    releaseAll(List.copyOf(session.transaction.shards()), unused -> {
                        session.transaction.close();
                        reply.failure(error);
                    });
                });
    }

    /** Rolls back and gives up every connection that the session holds; errors are of no consequence to anyone. */
    void releaseEverything(Runnable then) {
        releaseAll(List.copyOf(session.transaction.shards()), unused -> {
            session.transaction.close();
            then.run();
        });
    }

    /** Runs a bare statement on every shard of the transaction. */
    void onEachShard(List<ShardSession> shards, String sql, Reply<Boolean> reply) {
        each(
                shards,
                (shard, done) -> calls.onShard(shard, sql, new Reply<>() {
                    @Override
                    public void success(Query.QueryResult value) {
                        done.accept(null);
                    }

                    @Override
                    public void failure(VtException error) {
                        done.accept(error);
                    }
                }),
                errors -> {
                    if (errors.isEmpty()) {
                        reply.success(true);
                    } else {
                        reply.failure(ShardErrors.aggregate(errors));
                    }
                });
    }

    /**
     * Draws the consequences of a shard's error for the session's transaction: a lost connection breaks it, an abort rolls all of it back.
     *
     * @param then gets the error that the client is to see, when everything is done
     */
    void settle(Target target, VtException error, Consumer<VtException> then) {
        settle(target, CommitOrder.NORMAL, error, then);
    }

    void settle(Target target, CommitOrder order, VtException error, Consumer<VtException> then) {
        Transaction transaction = session.transaction;
        ShardSession shard = transaction.find(target, order);
        boolean begun = shard != null && shard.transactionId != 0;
        boolean held = begun || (shard != null && shard.reservedId != 0);
        if (held && ShardErrors.losesTransaction(error)) {
            boolean client = session.inTransaction() && begun;
            releaseEverything(() -> {
                if (client) {
                    // The client believes in a transaction that is gone: nothing may run until it says ROLLBACK.
                    transaction.open(List.of());
                    transaction.fail();
                }
                then.accept(client ? ShardErrors.transactionLost(error) : error);
            });
        } else if (shard != null && held && !begun && ShardErrors.losesConnection(error)) {
            // The reserved connection is gone; the next statement reserves another.
            transaction.remove(shard);
            then.accept(error);
        } else if (transaction.isOpen() && ShardErrors.rollsBack(error)) {
            releaseEverything(() -> then.accept(error));
        } else {
            then.accept(error);
        }
    }

    private void releaseAll(List<ShardSession> shards, Consumer<List<VtException>> then) {
        each(
                shards,
                (shard, done) -> {
                    if (shard.reservedId == 0) {
                        calls.rollback(shard, new Reply<>() {
                            @Override
                            public void success(Long reservedId) {
                                forget(shard);
                                done.accept(null);
                            }

                            @Override
                            public void failure(VtException error) {
                                forget(shard);
                                done.accept(error);
                            }
                        });
                        return;
                    }
                    calls.release(shard, new Reply<>() {
                        @Override
                        public void success(Query.ReleaseResponse value) {
                            forget(shard);
                            done.accept(null);
                        }

                        @Override
                        public void failure(VtException error) {
                            forget(shard);
                            done.accept(error);
                        }
                    });
                },
                then);
    }

    private void forget(ShardSession shard) {
        shard.transactionId = 0;
        shard.reservedId = 0;
        session.transaction.remove(shard);
    }

    private static void ended(ShardSession shard, long reservedId) {
        shard.transactionId = 0;
        shard.reservedId = reservedId;
    }

    /** Starts one call for each shard, and hands over the errors when all have ended. */
    private static void each(
            List<ShardSession> shards,
            BiConsumer<ShardSession, Consumer<@Nullable VtException>> call,
            Consumer<List<VtException>> then) {
        if (shards.isEmpty()) {
            then.accept(List.of());
            return;
        }
        List<VtException> errors = new ArrayList<>();
        int[] open = {shards.size()};
        for (ShardSession shard : List.copyOf(shards)) {
            call.accept(shard, error -> {
                if (error != null) {
                    errors.add(error);
                }
                if (--open[0] == 0) {
                    then.accept(errors);
                }
            });
        }
    }

    private static String named(List<ShardSession> shards) {
        int named = Math.min(NAMED_SHARDS, shards.size());
        return ShardCalls.names(shards.subList(0, named)) + (shards.size() > named ? ", ..." : "");
    }

    /**
     * The error of a second shard in a transaction that may have only one; null when there is none. Shards that were only read do not
     * count.
     */
    @Nullable
    VtException tooManyShards(TransactionMode mode) {
        List<ShardSession> begun = session.transaction.begun();
        long written = begun.stream()
                .filter(shard -> !shard.readOnly && shard.order == CommitOrder.NORMAL)
                .count();
        if (mode != TransactionMode.SINGLE || written <= 1) {
            return null;
        }
        return VtException.of(
                Code.ABORTED,
                "multi-db transaction attempted: " + begun.toString().replace(", target:", " target:"));
    }
}
