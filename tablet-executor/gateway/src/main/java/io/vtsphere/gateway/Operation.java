package io.vtsphere.gateway;

/** The calls, with the names that vtgate gives them in its metrics. */
enum Operation {
    EXECUTE("Execute"),
    STREAM_EXECUTE("StreamExecute"),
    BEGIN("Begin"),
    BEGIN_EXECUTE("BeginExecute"),
    BEGIN_STREAM_EXECUTE("BeginStreamExecute"),
    COMMIT("Commit"),
    ROLLBACK("Rollback"),
    RESERVE_EXECUTE("ReserveExecute"),
    RESERVE_BEGIN_EXECUTE("ReserveBeginExecute"),
    RESERVE_STREAM_EXECUTE("ReserveStreamExecute"),
    RESERVE_BEGIN_STREAM_EXECUTE("ReserveBeginStreamExecute"),
    RELEASE("Release"),
    CREATE_TRANSACTION("CreateTransaction"),
    PREPARE("Prepare"),
    START_COMMIT("StartCommit"),
    SET_ROLLBACK("SetRollback"),
    COMMIT_PREPARED("CommitPrepared"),
    ROLLBACK_PREPARED("RollbackPrepared"),
    CONCLUDE_TRANSACTION("ConcludeTransaction"),
    READ_TRANSACTION("ReadTransaction"),
    UNRESOLVED_TRANSACTIONS("UnresolvedTransactions"),
    MESSAGE_STREAM("MessageStream"),
    MESSAGE_ACK("MessageAck"),
    GET_SCHEMA("GetSchema"),
    VSTREAM("VStream");

    private final String label;

    Operation(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** Whether the answer comes in pieces, so that the time until its end says nothing of the tablet's speed. */
    boolean streams() {
        return switch (this) {
            case STREAM_EXECUTE,
                    BEGIN_STREAM_EXECUTE,
                    RESERVE_STREAM_EXECUTE,
                    RESERVE_BEGIN_STREAM_EXECUTE,
                    MESSAGE_STREAM,
                    GET_SCHEMA,
                    VSTREAM -> true;
            default -> false;
        };
    }

    /**
     * Whether a call that a tablet could not serve may go to another one, as far as its ids tell. Source: Vitess' {@code
     * go/vt/vttablet/queryservice/wrapped.go}.
     */
    boolean mayMove(long transactionId, long reservedId) {
        return switch (this) {
            case EXECUTE, STREAM_EXECUTE -> transactionId == 0 && reservedId == 0;
            case BEGIN_EXECUTE, BEGIN_STREAM_EXECUTE -> reservedId == 0;
            case RESERVE_EXECUTE, RESERVE_STREAM_EXECUTE -> transactionId == 0;
            case RELEASE, VSTREAM -> false;
            default -> true;
        };
    }

    /** Whether the call belongs to a transaction or reserved connection, so that only one tablet can take it. */
    boolean isBound(long transactionId, long reservedId) {
        return switch (this) {
            case EXECUTE,
                    STREAM_EXECUTE,
                    BEGIN_EXECUTE,
                    BEGIN_STREAM_EXECUTE,
                    RESERVE_EXECUTE,
                    RESERVE_STREAM_EXECUTE -> transactionId != 0 || reservedId != 0;
            case COMMIT, ROLLBACK, RELEASE, PREPARE -> true;
            default -> false;
        };
    }

    /**
     * Whether its one answer brings the id of a transaction or connection that stays open, which nobody could end if the answer got lost.
     */
    boolean opens() {
        return switch (this) {
            case BEGIN, BEGIN_EXECUTE, RESERVE_EXECUTE, RESERVE_BEGIN_EXECUTE -> true;
            default -> false;
        };
    }

    /** Whether it runs a statement of the client's and nothing else. */
    boolean isStatement() {
        return switch (this) {
            case EXECUTE, STREAM_EXECUTE, RESERVE_EXECUTE, RESERVE_STREAM_EXECUTE -> true;
            default -> false;
        };
    }

    /** Whether what the call did is final once it ran, so that running it twice could do it twice. */
    boolean commitsByItself(long transactionId) {
        return switch (this) {
            case EXECUTE, STREAM_EXECUTE, RESERVE_EXECUTE, RESERVE_STREAM_EXECUTE -> transactionId == 0;
            case COMMIT, CREATE_TRANSACTION, PREPARE, START_COMMIT, SET_ROLLBACK, MESSAGE_ACK -> true;
            // a second one finds nothing left to do
            case COMMIT_PREPARED, ROLLBACK_PREPARED, CONCLUDE_TRANSACTION -> false;
            default -> false;
        };
    }
}
