package io.vtsphere.topo.connection;

import io.etcd.jetcd.common.exception.EtcdException;
import io.grpc.Status;
import io.vtsphere.topo.connection.TopoException.Kind;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for etcd's answers and turns its errors into {@link TopoException}s (Vitess' {@code etcd2topo/error.go}). */
final class EtcdCalls {
    private EtcdCalls() {}

    static <T> T await(CompletableFuture<T> future, Duration timeout, String key) {
        try {
            return future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            future.cancel(true);
            throw TopoException.of(Kind.TIMEOUT, key + ": no answer from etcd within " + timeout, e);
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw TopoException.of(Kind.INTERRUPTED, key, e);
        } catch (ExecutionException e) {
            throw convert(e.getCause() == null ? e : e.getCause(), key);
        }
    }

    /**
     * The same for a call of a client that may be given up meanwhile.
     *
     * @throws TopoException TIMEOUT also when it is: whether the server has seen the call is not known then
     */
    static <T> T await(CompletableFuture<T> future, CompletableFuture<Void> givenUp, Duration timeout, String key) {
        try {
            await(CompletableFuture.anyOf(future, givenUp), timeout, key);
        } finally {
            future.cancel(true);
        }
        if (future.isCancelled()) {
            throw TopoException.of(Kind.TIMEOUT, key + ": the connection to etcd was given up");
        }
        return await(future, timeout, key);
    }

    static TopoException convert(Throwable failure, String key) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        switch (code(cause)) {
            case NOT_FOUND:
                return TopoException.of(Kind.NO_NODE, key, cause);
            case UNAVAILABLE:
            case DEADLINE_EXCEEDED:
                return TopoException.of(Kind.TIMEOUT, key + ": " + text(cause), cause);
            case RESOURCE_EXHAUSTED:
                return TopoException.of(Kind.RESOURCE_EXHAUSTED, key + ": " + text(cause), cause);
            case CANCELLED:
                return TopoException.of(Kind.INTERRUPTED, key + ": " + text(cause), cause);
            default:
                break;
        }
        return TopoException.of(Kind.OTHER, key + ": " + text(cause), cause);
    }

    /** The client converts some errors and passes others on as gRPC's. */
    private static Status.Code code(Throwable failure) {
        if (failure instanceof EtcdException etcd) {
            return Status.Code.valueOf(etcd.getErrorCode().name());
        }
        return Status.fromThrowable(failure).getCode();
    }

    /** Whether a call failed because there was no connection, so that the server never saw it. */
    static boolean wasNeverSent(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException) {
                return true;
            }
        }
        return false;
    }

    /** The messages of a failure and of what caused it: gRPC puts the reason of a lost connection or a refused log-in there. */
    private static String text(Throwable failure) {
        StringBuilder text = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
            if (text.indexOf(message) < 0) {
                text.append(text.isEmpty() ? "" : ": ").append(message);
            }
        }
        return text.toString();
    }
}
