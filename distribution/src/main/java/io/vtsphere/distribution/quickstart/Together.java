package io.vtsphere.distribution.quickstart;

import java.util.Collection;
import java.util.List;

/** Stops several parts at once, because each takes its time. */
final class Together {
    private Together() {}

    /** Runs the stops side by side and returns when all have ended; an interrupt ends the waiting and stays set. */
    static void stop(Collection<Runnable> stops) {
        List<Thread> threads =
                stops.stream().map(stop -> new Thread(stop, "quickstart-stop")).toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
