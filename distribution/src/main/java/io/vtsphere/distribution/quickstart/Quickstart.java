package io.vtsphere.distribution.quickstart;

import io.vtsphere.testkit.StartFailure;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Starts the cluster, says how to reach it, and keeps it up until this process is told to end.
 *
 * <p>Used by one thread; a shutdown hook stops the cluster when the process ends.
 */
final class Quickstart {
    private static final long SUPERVISE_MILLIS = 500;

    private final Settings settings;
    private final PrintStream out;
    private final Steps steps;
    private final CountDownLatch end = new CountDownLatch(1);

    Quickstart(Settings settings, PrintStream out, boolean terminal) {
        this.settings = settings;
        this.out = out;
        this.steps = new Steps(out, terminal);
    }

    /** Runs until the process is told to end, or through the demo; returns the exit status. */
    int run() throws Exception {
        Optional<ProcessHandle> running = Detached.supervisor(settings);
        if (running.isPresent() && settings.demo()) {
            return demo();
        }
        if (!settings.memoryTopology()) {
            EtcdInstall.ensure();
        }
        try (FileLock lock = Preconditions.lock(settings.dataDirectory())) {
            if (!lock.isValid()) {
                throw new StartFailure("the lock of " + settings.dataDirectory() + " was lost");
            }
            Preconditions.check(settings);
            Files.deleteIfExists(settings.readyFile());
            Files.writeString(settings.pidFile(), ProcessHandle.current().pid() + "\n");
            return runLocked();
        }
    }

    private int runLocked() throws Exception {
        CommerceCluster cluster = new CommerceCluster(settings);
        Thread hook = new Thread(() -> stop(cluster), "quickstart-shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        boolean complete = false;
        try {
            start(cluster);
            announce();
            if (settings.demo()) {
                int status = demo();
                complete = true;
                return status;
            }
            supervise(cluster);
            complete = true;
            return 0;
        } finally {
            if (!complete) {
                out.println("stopping what was started; the logs are in " + settings.logDirectory());
            }
            if (removeHook(hook)) {
                stop(cluster);
            }
        }
    }

    private void start(CommerceCluster cluster) throws Exception {
        try {
            cluster.start(steps);
        } catch (IOException | SQLException | RuntimeException e) {
            throw DiskSpace.explain(settings.dataDirectory(), e);
        }
    }

    private static boolean removeHook(Thread hook) {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process ends already, and the hook does the work
            return false;
        }
    }

    private void stop(CommerceCluster cluster) {
        end.countDown();
        cluster.close();
        try {
            Files.deleteIfExists(settings.pidFile());
        } catch (IOException e) {
            out.println("the pid file stays: " + e);
        }
    }

    private int demo() throws Exception {
        return new Demo(out, settings.hasReplicas()).run(settings.gatePort()) == 0 ? 0 : 1;
    }

    private void announce() throws IOException {
        String text = String.format(
                Locale.ROOT,
                "%nThe cluster serves after %.1f s.%n%n  connect   mysql -h 127.0.0.1 -P %d -u root%n"
                        + "  metrics   http://127.0.0.1:%d/metrics%n  logs      %s%n  stop      %s%n",
                steps.secondsSinceStart(),
                settings.gatePort(),
                settings.gateHttpPort(),
                settings.logDirectory(),
                System.console() != null
                        ? "Ctrl-C"
                        : "vtsphere quickstart --stop --data-dir " + settings.dataDirectory());
        steps.say(text);
        Files.writeString(settings.readyFile(), text);
    }

    /** Starts again what died, until the end. */
    private void supervise(CommerceCluster cluster) throws Exception {
        while (!end.await(SUPERVISE_MILLIS, TimeUnit.MILLISECONDS)) {
            for (String revived : cluster.reviveDead()) {
                steps.say(revived + " had ended and was started again");
            }
        }
    }
}
