package io.vtsphere.executor;

import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.State;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What errors of shards mean to a session: several as one, and which of them end a transaction.
 *
 * <p>Sources: Vitess' {@code go/vt/vterrors/aggregate.go} and {@code go/vt/vtgate/scatter_conn.go}.
 */
final class ShardErrors {
    /** From the least to the most telling; of several errors the answer has the code of the last one in this list. */
    private static final List<Code> PRIORITY = List.of(
            Code.OK,
            Code.CANCELED,
            Code.ALREADY_EXISTS,
            Code.OUT_OF_RANGE,
            Code.UNAVAILABLE,
            Code.DEADLINE_EXCEEDED,
            Code.ABORTED,
            Code.FAILED_PRECONDITION,
            Code.CLUSTER_EVENT,
            Code.RESOURCE_EXHAUSTED,
            Code.UNKNOWN,
            Code.UNAUTHENTICATED,
            Code.PERMISSION_DENIED,
            Code.INVALID_ARGUMENT,
            Code.NOT_FOUND,
            Code.UNIMPLEMENTED,
            Code.INTERNAL,
            Code.DATA_LOSS);

    private static final Pattern CONNECTION_LOST =
            Pattern.compile("transaction [a-z0-9:]+ (?:ended|not found|in use: for tx killer rollback)");

    private ShardErrors() {}

    /** One error for all: a single one as it is, several with the code of highest priority and their texts sorted, a line each. */
    static VtException aggregate(List<VtException> errors) {
        if (errors.size() == 1) {
            return errors.get(0);
        }
        Code code = Code.OK;
        List<String> texts = new ArrayList<>(errors.size());
        for (VtException error : errors) {
            if (PRIORITY.indexOf(error.code()) > PRIORITY.indexOf(code)) {
                code = error.code();
            }
            texts.add(error.getMessage());
        }
        return VtException.of(code, texts.stream().sorted().collect(Collectors.joining("\n")));
    }

    /** Whether the transaction of a session cannot go on after this error, because the connection that held it is lost. */
    static boolean losesTransaction(VtException error) {
        String text = error.getMessage();
        return switch (error.code()) {
            case UNAVAILABLE -> true;
            case NOT_FOUND -> text.contains("is either down or nonexistent");
            case FAILED_PRECONDITION -> text.contains("wrong tablet type") || text.contains("invalid tablet type");
            default ->
                text.contains("operation not allowed in state NOT_SERVING")
                        || text.contains("operation not allowed in state SHUTTING_DOWN");
        };
    }

    /** Whether a reserved connection is no more. */
    static boolean losesConnection(VtException error) {
        return error.errno() == 2006
                || error.errno() == 2013
                || CONNECTION_LOST.matcher(error.getMessage()).find();
    }

    /** Whether the whole transaction is to be rolled back at once: the shard has already lost its part. */
    static boolean rollsBack(VtException error) {
        return error.code() == Code.RESOURCE_EXHAUSTED || error.code() == Code.ABORTED;
    }

    /** Whether a plan made with a newer VSchema may succeed where this one failed. */
    static boolean isStalePlan(VtException error) {
        return error.getMessage().contains("enforce denied tables")
                || error.getMessage().contains("destination shard is missing after a resharding operation")
                || (error.code() == Code.FAILED_PRECONDITION
                        && error.getMessage().contains("has been disabled"));
    }

    static VtException interrupted() {
        return VtException.of(Code.CANCELED, State.QUERY_INTERRUPTED, "Query execution was interrupted");
    }

    static VtException transactionLost(VtException cause) {
        return VtError.VT15001.because(cause);
    }
}
