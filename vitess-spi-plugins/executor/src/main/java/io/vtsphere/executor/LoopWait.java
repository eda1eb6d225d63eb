package io.vtsphere.executor;

import io.netty.channel.EventLoop;
import io.vtsphere.gateway.Reply;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Lets a session thread wait for what happens on the session's event loop: the one place of this package where a thread blocks.
 *
 * <p>While it waits, the session's state belongs to the loop. Thread-safe.
 */
final class LoopWait {
    private final EventLoop loop;

    LoopWait(EventLoop loop) {
        this.loop = loop;
    }

    /**
     * Starts something on the loop and waits for its reply.
     *
     * @throws VtException the failure of the reply
     * @throws IllegalStateException when called on an event loop, which must never block
     */
    <T> T await(Consumer<Reply<T>> start) {
        refuseOnLoop();
        CompletableFuture<T> answer = new CompletableFuture<>();
        Reply<T> reply = new Reply<>() {
            @Override
            public void success(T value) {
                answer.complete(value);
            }

            @Override
            public void failure(VtException error) {
                answer.completeExceptionally(error);
            }
        };
        try {
            loop.execute(() -> {
                try {
                    start.accept(reply);
                } catch (VtException e) {
                    reply.failure(e);
                } catch (RuntimeException | Error e) {
                    answer.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            throw VtException.of(Code.UNAVAILABLE, "the gate is shutting down", e);
        }
        return join(answer);
    }

    /** Waits for something that happens elsewhere; false when it did not within the time. */
    boolean await(CompletableFuture<?> future, long millis) {
        refuseOnLoop();
        try {
            future.get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for an event", e);
        }
    }

    private <T> T join(CompletableFuture<T> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof VtException failure) {
                throw failure;
            }
            throw new IllegalStateException("a step of the statement broke", e.getCause());
        }
    }

    private void refuseOnLoop() {
        if (loop.inEventLoop()) {
            throw new IllegalStateException("blocking call on an event loop: " + Thread.currentThread());
        }
    }

    private static VtException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return VtException.of(Code.CANCELED, "the statement's thread was interrupted", e);
    }
}
