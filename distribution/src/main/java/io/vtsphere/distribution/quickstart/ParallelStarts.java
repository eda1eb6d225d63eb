package io.vtsphere.distribution.quickstart;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does the same for several things at once. Stateless. */
final class ParallelStarts {
    private ParallelStarts() {}

    /** Runs all of them, at most six at a time, waits for all, and throws the first failure. Results are in order. */
    static <T> List<T> all(List<? extends Callable<T>> tasks) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(Math.max(1, Math.min(6, tasks.size())), task -> {
            Thread thread = new Thread(task, "quickstart-start");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : executor.invokeAll(tasks)) {
                try {
                    results.add(future.get());
                } catch (ExecutionException e) {
                    throw e.getCause() instanceof Exception cause ? cause : e;
                }
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }
}
