package io.vtsphere.distribution.quickstart;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Prints a line for each step with the time that it took; while a step runs, a terminal shows a spinner.
 *
 * <p>Used by one thread.
 */
final class Steps {
    private static final char[] SPINNER = {'|', '/', '-', '\\'};
    private static final long FRAME_MILLIS = 120;

    private final PrintStream out;
    private final boolean terminal;
    private final long start = System.nanoTime();

    Steps(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Runs a step; its result is returned, its exception thrown on after the line says that it failed. */
    <T> T run(String title, Callable<T> body) throws Exception {
        long begin = System.nanoTime();
        FutureTask<T> task = new FutureTask<>(body);
        Thread worker = new Thread(task, "quickstart-step");
        worker.start();
        int frame = 0;
        while (true) {
            try {
                T result = task.get(terminal ? FRAME_MILLIS : TimeUnit.HOURS.toMillis(1), TimeUnit.MILLISECONDS);
                line("ok  ", title, begin);
                return result;
            } catch (TimeoutException e) {
                frame++;
                out.printf(
                        Locale.ROOT,
                        "\r\033[K  %c   %s (%.0f s)",
                        SPINNER[frame % SPINNER.length],
                        title,
                        seconds(begin));
                out.flush();
            } catch (ExecutionException e) {
                line("FAIL", title, begin);
                throw e.getCause() instanceof Exception cause ? cause : e;
            } catch (InterruptedException e) {
                worker.interrupt();
                throw e;
            }
        }
    }

    private void line(String mark, String title, long begin) {
        out.printf(
                Locale.ROOT,
                "%s[%5.1f s] %s %s (%.1f s)%n",
                terminal ? "\r\033[K" : "",
                seconds(start),
                mark,
                title,
                seconds(begin));
        out.flush();
    }

    void say(String text) {
        out.println(text);
        out.flush();
    }

    double secondsSinceStart() {
        return seconds(start);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
