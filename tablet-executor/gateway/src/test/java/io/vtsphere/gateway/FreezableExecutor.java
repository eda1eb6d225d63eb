package io.vtsphere.gateway;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** Runs tasks one after another on its own threads until it is frozen; then they wait, as the threads of a stopped process do. */
final class FreezableExecutor implements Executor {
    private final Executor delegate;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean frozen;

    FreezableExecutor(Executor delegate) {
        this.delegate = delegate;
    }

    @Override
    public synchronized void execute(Runnable task) {
        if (frozen) {
            waiting.add(task);
        } else {
            delegate.execute(task);
        }
    }

    synchronized void freeze() {
        frozen = true;
    }

    synchronized void thaw() {
        frozen = false;
        while (!waiting.isEmpty()) {
            delegate.execute(waiting.remove());
        }
    }
}
