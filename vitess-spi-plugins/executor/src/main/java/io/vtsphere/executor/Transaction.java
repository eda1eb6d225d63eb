package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vtsphere.sql.SqlPrinter;
import io.vtsphere.sql.ast.Savepoint;
import io.vtsphere.topo.Target;
import io.vtsphere.vindex.VindexQueries.CommitOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A session's transaction over its shards, and the reserved connections that outlive it.
 *
 * <p>Has the same single holder as its {@link SessionState}. Shards join lazily: each when a statement first reaches it.
 */
final class Transaction {
    private final List<ShardSession> shards = new ArrayList<>();
    private final List<String> savepoints = new ArrayList<>();
    private List<Query.ExecuteOptions.TransactionAccessMode> accessModes = List.of();
    private boolean open;
    private boolean implied;
    private boolean failed;

    /** Whether statements join a transaction. */
    boolean isOpen() {
        return open;
    }

    /** Whether the open transaction is one that the gate wrapped around a single statement, which the client does not see. */
    boolean isImplied() {
        return implied;
    }

    /** Whether a lost connection has broken the transaction: only ROLLBACK helps. */
    boolean isFailed() {
        return failed;
    }

    void open(List<Query.ExecuteOptions.TransactionAccessMode> modes) {
        open = true;
        implied = false;
        accessModes = List.copyOf(modes);
    }

    /** Opens a transaction for one statement only. */
    void openImplied() {
        open = true;
        implied = true;
        accessModes = List.of();
    }

    void fail() {
        failed = true;
    }

    /** Forgets the transaction, which the shards have ended; reserved connections stay. */
    void close() {
        open = false;
        implied = false;
        failed = false;
        accessModes = List.of();
        savepoints.clear();
        for (ShardSession shard : shards) {
            shard.transactionId = 0;
            shard.rowsAffected = false;
            shard.readOnly = true;
        }
        shards.removeIf(shard -> shard.reservedId == 0);
    }

    List<Query.ExecuteOptions.TransactionAccessMode> accessModes() {
        return accessModes;
    }

    /** Shards in the order of their opening. */
    List<ShardSession> shards() {
        return shards;
    }

    /** The same in the order of their commit: first the entries of consistent lookups that rows rely on, last those that no row needs. */
    List<ShardSession> begunInCommitOrder() {
        List<ShardSession> begun = begun();
        begun.sort(Comparator.comparingInt(
                shard -> shard.order == CommitOrder.PRE ? 0 : shard.order == CommitOrder.POST ? 2 : 1));
        return begun;
    }

    /** The shards that hold a part of the open transaction, in the order of their opening. */
    List<ShardSession> begun() {
        List<ShardSession> begun = new ArrayList<>(shards.size());
        for (ShardSession shard : shards) {
            if (shard.transactionId != 0) {
                begun.add(shard);
            }
        }
        return begun;
    }

    /** The part that commits with the statements' own. */
    @Nullable
    ShardSession find(Target target) {
        return find(target, CommitOrder.NORMAL);
    }

    /** One of the up to three parts of a shard, see {@link ShardSession#order}. */
    @Nullable
    ShardSession find(Target target, CommitOrder order) {
        for (ShardSession shard : shards) {
            if (shard.order == order && shard.target.equals(target)) {
                return shard;
            }
        }
        return null;
    }

    void add(ShardSession shard) {
        shards.add(shard);
    }

    void remove(ShardSession shard) {
        shards.remove(shard);
    }

    Set<Target> targets() {
        if (shards.isEmpty()) {
            return Set.of();
        }
        Set<Target> targets = new LinkedHashSet<>();
        for (ShardSession shard : shards) {
            if (shard.order == CommitOrder.NORMAL) {
                targets.add(shard.target);
            }
        }
        return targets;
    }

    /** The savepoint statements that make a shard that joins now like the others. */
    List<String> savepoints() {
        List<String> statements = new ArrayList<>(savepoints.size());
        for (String name : savepoints) {
            statements.add(SqlPrinter.print(new Savepoint(Savepoint.Action.SAVEPOINT, name)));
        }
        return statements;
    }

    boolean hasSavepoint(String name) {
        return find(name) >= 0;
    }

    /** A savepoint of a name that is taken replaces the older one. */
    void setSavepoint(String name) {
        int known = find(name);
        if (known >= 0) {
            savepoints.remove(known);
        }
        savepoints.add(name);
    }

    /** Rolling back to a savepoint removes those set after it. */
    void rolledBackTo(String name) {
        int known = find(name);
        if (known >= 0) {
            savepoints.subList(known + 1, savepoints.size()).clear();
        }
    }

    /** Releasing a savepoint removes it and those set after it. */
    void released(String name) {
        int known = find(name);
        if (known >= 0) {
            savepoints.subList(known, savepoints.size()).clear();
        }
    }

    private int find(String name) {
        for (int i = 0; i < savepoints.size(); i++) {
            if (savepoints.get(i).equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }
}
