package io.vtsphere.planner;

/**
 * How a statement finds its shards, in the planner's order of preference: an earlier constant is the better route.
 *
 * <p>Source: Vitess' {@code go/vt/vtgate/engine/routing.go}; {@link #toString()} gives the name that {@code VEXPLAIN PLAN} prints.
 */
public enum Opcode {
    /** The one shard of an unsharded keyspace. */
    UNSHARDED("Unsharded"),
    /** One value per vindex column, through a unique vindex: at most one shard. */
    EQUAL_UNIQUE("EqualUnique"),
    /** One value per vindex column, through a vindex that may map to several keyspace ids. */
    EQUAL("Equal"),
    /** A list of values; each shard gets the statement with only its own values in {@code ::__vals}. */
    IN("IN"),
    /**
     * The shards between two values of a sequential vindex: {@link Routing#values()} holds the two bounds, whose rows both belong to the
     * answer. Bounds that the vindex cannot map (a negative one of {@code numeric}) are no error: then all shards.
     */
    BETWEEN("Between"),
    /** A list of values as for {@link #IN}, but every shard gets the same, unchanged statement. */
    MULTI_EQUAL("MultiEqual"),
    /** Values for the first columns of a multi-column vindex: a range of shards. */
    SUB_SHARD("SubShard"),
    /** All shards of the keyspace. */
    SCATTER("Scatter"),
    /** A sequence: the one shard of an unsharded keyspace, outside the transaction. */
    NEXT("Next"),
    /** Tables of information_schema, mysql, performance_schema or sys: any one shard of the keyspace. */
    DBA("DBA"),
    /** Reads of a reference table: any one shard; writes: all shards. */
    REFERENCE("Reference"),
    /** No row can match: no shard holds any. */
    NONE("None"),
    /** The shards that the session's target names: {@link Routing#target()}. */
    BY_DESTINATION("ByDestination");

    private final String title;

    Opcode(String title) {
        this.title = title;
    }

    /** Whether a statement routed so reaches at most one shard whatever its values are. */
    public boolean isSingleShard() {
        return switch (this) {
            case UNSHARDED, EQUAL_UNIQUE, NEXT, DBA, REFERENCE, NONE -> true;
            case EQUAL, IN, BETWEEN, MULTI_EQUAL, SUB_SHARD, SCATTER, BY_DESTINATION -> false;
        };
    }

    @Override
    public String toString() {
        return title;
    }
}
