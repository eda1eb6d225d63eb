package io.vtsphere.executor;

/** What the parts of one session share. */
record SessionParts(
        SessionState state,
        GateConfig config,
        GateMetrics metrics,
        ShardCalls calls,
        ShardStreams streams,
        TransactionEnd ends,
        RunningCalls running,
        FastPath fastPath,
        SessionValues values,
        LocalRows local,
        SessionLocks locks,
        ReplicationStatus replication,
        TableDefinitions definitions,
        LoopWait loop) {
    /** How the session's transactions may span shards: its own variable, else the configuration. */
    TransactionMode transactionMode() {
        return state.transactionMode == TransactionMode.UNSPECIFIED ? config.transactionMode() : state.transactionMode;
    }
}
