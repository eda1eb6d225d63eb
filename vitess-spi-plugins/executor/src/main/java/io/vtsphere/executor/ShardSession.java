package io.vtsphere.executor;

import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.Target;
import io.vtsphere.vindex.VindexQueries.CommitOrder;

/**
 * What a session holds on one tablet: a transaction, a reserved connection, or both.
 *
 * <p>Its mutable fields belong to the session's current holder, see {@link SessionState}.
 */
final class ShardSession {
    final Target target;
    final TabletAlias alias;
    /** When its transaction is committed: with the statements' own, or before or after it. */
    final CommitOrder order;
    /** 0 for none. */
    long transactionId;
    /** 0 for none. */
    long reservedId;
    /** Whether rows were changed in the open transaction. */
    boolean rowsAffected;
    /** Whether only reads have gone through this session so far. */
    boolean readOnly = true;

    ShardSession(Target target, TabletAlias alias, long transactionId, long reservedId) {
        this(target, alias, CommitOrder.NORMAL, transactionId, reservedId);
    }

    ShardSession(Target target, TabletAlias alias, CommitOrder order, long transactionId, long reservedId) {
        this.target = target;
        this.alias = alias;
        this.order = order;
        this.transactionId = transactionId;
        this.reservedId = reservedId;
    }

    /** As Vitess prints a shard session in its messages. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("target:{keyspace:\"" + target.keyspace() + "\" shard:\""
                + target.shard() + "\" tablet_type:" + target.type() + "}");
        if (transactionId != 0) {
            text.append(" transaction_id:").append(transactionId);
        }
        text.append(" tablet_alias:{cell:\"").append(alias.cell()).append("\" uid:");
        text.append(Integer.toUnsignedString(alias.uid())).append('}');
        if (reservedId != 0) {
            text.append(" reserved_id:").append(reservedId);
        }
        if (rowsAffected) {
            text.append(" rows_affected:true");
        }
        if (readOnly) {
            text.append(" read_only:true");
        }
        return text.toString();
    }
}
