package io.vtsphere.gateway;

import io.vtsphere.vterrors.VtException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A reply that a test can wait for. Remembers the thread that gave it. */
final class Answer<T> implements Reply<T> {
    final CompletableFuture<T> value = new CompletableFuture<>();
    volatile Thread thread;

    @Override
    public void success(T result) {
        thread = Thread.currentThread();
        if (!value.complete(result)) {
            throw new IllegalStateException("answered twice");
        }
    }

    @Override
    public void failure(VtException error) {
        thread = Thread.currentThread();
        if (!value.completeExceptionally(error)) {
            throw new IllegalStateException("answered twice", error);
        }
    }

    T get() throws InterruptedException, TimeoutException {
        try {
            return value.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw (VtException) e.getCause();
        }
    }

    VtException error() throws InterruptedException, TimeoutException {
        try {
            T got = value.get(10, TimeUnit.SECONDS);
            throw new AssertionError("expected a failure, got " + got);
        } catch (ExecutionException e) {
            return (VtException) e.getCause();
        }
    }
}
