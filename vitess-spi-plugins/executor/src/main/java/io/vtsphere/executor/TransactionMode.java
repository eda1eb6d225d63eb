package io.vtsphere.executor;

/** How a transaction may span shards ({@code transaction_mode}). */
public enum TransactionMode {
    /** As the configuration says. */
    UNSPECIFIED,
    /** One shard only; a second one that writes is refused. */
    SINGLE,
    /** Many shards, committed one after the other: not atomic. */
    MULTI,
    /** Many shards, atomically. */
    TWOPC
}
