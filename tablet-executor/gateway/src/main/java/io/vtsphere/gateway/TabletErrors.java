package io.vtsphere.gateway;

import io.grpc.Status;
import io.vitess.proto.Vtrpc;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.net.ConnectException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns what came back from a tablet's connection into an error of Vitess, with the texts that a Go client would have.
 *
 * <p>Source: Vitess' {@code go/vt/vttablet/tabletconn/grpc_error.go} and grpc-go's texts, which clients and the executor match on.
 */
final class TabletErrors {
    /** What grpc-java says where grpc-go says {@code received message larger than max}. */
    /** Of vttablet's {@code tx_pool.go} and {@code stateful_connection_pool.go}. */
    private static final Pattern IN_USE = Pattern.compile("transaction \\d+: in use: ");

    private static final Pattern TOO_LARGE = Pattern.compile("gRPC message exceeds maximum size (\\d+): (\\d+)");

    private TabletErrors() {}

    /** @param address host and port of the tablet, for texts about the connection */
    static VtException of(Status status, String address) {
        String description = status.getDescription() == null ? "" : status.getDescription();
        Code code = code(status.getCode(), description);
        return VtException.of(
                code, "vttablet: rpc error: code = " + code.goName() + " desc = " + text(status, description, address));
    }

    /** An error inside an answer, where the call as such went well. */
    static VtException of(Vtrpc.RPCError error) {
        return VtException.of(Code.ofNumber(error.getCodeValue()), "vttablet: " + error.getMessage());
    }

    /** Whether another tablet may do better; Vitess' {@code canRetry}. */
    static boolean anotherTabletMayServe(Code code) {
        return code == Code.UNAVAILABLE || code == Code.FAILED_PRECONDITION || code == Code.CLUSTER_EVENT;
    }

    /** The failures that vtgate does not count as failures of a tablet: duplicate keys and bad statements. */
    /** Whether the transaction or connection is there, and another of its statements has not ended yet. */
    static boolean isInUse(VtException error) {
        return error.code() == Code.ABORTED
                && IN_USE.matcher(String.valueOf(error.getMessage())).find();
    }

    static boolean isClientsFault(Code code) {
        return code == Code.ALREADY_EXISTS || code == Code.INVALID_ARGUMENT;
    }

    private static Code code(Status.Code code, String description) {
        return switch (code) {
            // grpc-java has no number 17 (CLUSTER_EVENT): it arrives as UNKNOWN and only its text tells
            case UNKNOWN -> isClusterEvent(description) ? Code.CLUSTER_EVENT : Code.UNKNOWN;
            // a server that stops takes its streams back; to a Go client that is a lost connection
            case CANCELLED -> description.startsWith("RST_STREAM closed stream") ? Code.UNAVAILABLE : Code.CANCELED;
            default -> Code.ofNumber(code.value());
        };
    }

    private static boolean isClusterEvent(String text) {
        return text.contains("operation not allowed in state NOT_SERVING")
                || text.contains("operation not allowed in state SHUTTING_DOWN")
                || text.contains("(errno 1290)")
                || text.contains("primary is not serving")
                || text.contains("current keyspace is being resharded");
    }

    private static String text(Status status, String description, String address) {
        return switch (status.getCode()) {
            // a deadline that this side saw first; what the tablet wrote itself stays
            case DEADLINE_EXCEEDED ->
                description.contains("deadline exceeded after") ? "context deadline exceeded" : description;
            case UNAVAILABLE -> unavailable(status.getCause(), description, address);
            case RESOURCE_EXHAUSTED ->
                TOO_LARGE.matcher(description).replaceFirst("grpc: received message larger than max ($2 vs. $1)");
            default -> description;
        };
    }

    private static String unavailable(@Nullable Throwable cause, String description, String address) {
        if (cause == null) {
            return description;
        }
        String reason = refused(cause) ? "connect: connection refused" : String.valueOf(cause.getMessage());
        return "connection error: desc = \"transport: Error while dialing: dial tcp " + address + ": " + reason + "\"";
    }

    private static boolean refused(Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof ConnectException
                    && String.valueOf(at.getMessage()).contains("refused")) {
                return true;
            }
        }
        return false;
    }
}
