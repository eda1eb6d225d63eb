package io.vtsphere.gateway;

/** The calls, with the names that vtgate gives them in its metrics. */
enum Operation {
    EXECUTE("Execute"),
    STREAM_EXECUTE("StreamExecute"),
    BEGIN("Begin"),
    BEGIN_EXECUTE("BeginExecute"),
    COMMIT("Commit"),
    ROLLBACK("Rollback"),
    RESERVE_EXECUTE("ReserveExecute"),
    RESERVE_BEGIN_EXECUTE("ReserveBeginExecute"),
    RELEASE("Release");

    private final String label;

    Operation(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /**
     * Whether a call that a tablet could not serve may go to another one, as far as its ids tell. Source: Vitess' {@code
     * go/vt/vttablet/queryservice/wrapped.go}.
     */
    boolean mayMove(long transactionId, long reservedId) {
        return switch (this) {
            case EXECUTE, STREAM_EXECUTE -> transactionId == 0 && reservedId == 0;
            case BEGIN_EXECUTE -> reservedId == 0;
            case RESERVE_EXECUTE -> transactionId == 0;
            case BEGIN, COMMIT, ROLLBACK, RESERVE_BEGIN_EXECUTE -> true;
            case RELEASE -> false;
        };
    }

    /** Whether the call belongs to a transaction or reserved connection, so that only one tablet can take it. */
    boolean isBound(long transactionId, long reservedId) {
        return switch (this) {
            case EXECUTE, STREAM_EXECUTE, BEGIN_EXECUTE, RESERVE_EXECUTE -> transactionId != 0 || reservedId != 0;
            case COMMIT, ROLLBACK, RELEASE -> true;
            case BEGIN, RESERVE_BEGIN_EXECUTE -> false;
        };
    }

    /** Whether a statement of this call is final once it ran, so that running it twice could write twice. */
    boolean commitsByItself(long transactionId) {
        return switch (this) {
            case EXECUTE, STREAM_EXECUTE, RESERVE_EXECUTE -> transactionId == 0;
            case COMMIT -> true;
            case BEGIN, BEGIN_EXECUTE, RESERVE_BEGIN_EXECUTE, ROLLBACK, RELEASE -> false;
        };
    }
}
