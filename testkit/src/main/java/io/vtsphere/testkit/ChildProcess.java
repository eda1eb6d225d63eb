package io.vtsphere.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process that cannot outlive this JVM: when the JVM ends, by whatever means, the process is killed.
 *
 * <p>It is started under a shell that holds a pipe from this JVM and kills the process when the pipe closes. Output goes to a log file.
 * Thread-safe.
 */
public final class ChildProcess implements AutoCloseable {
    /** $0 is the pid file, the rest is the command. TERM and the end of the pipe reach the command. */
    private static final String GUARD = "exec 3<&0; \"$@\" </dev/null 3<&- & p=$!; echo $p > \"$0\"; "
            + "( cat <&3 >/dev/null; kill -KILL $p ) >/dev/null 2>&1 & g=$!; "
            + "trap 'kill -TERM $p 2>/dev/null' TERM INT; "
            + "while :; do wait $p; rc=$?; kill -0 $p 2>/dev/null || break; done; "
            + "exec 3<&-; kill $g 2>/dev/null; exit $rc";

    private final String name;
    private final Process guard;
    private final long pid;
    private final Path log;

    private ChildProcess(String name, Process guard, long pid, Path log) {
        this.name = name;
        this.guard = guard;
        this.pid = pid;
        this.log = log;
    }

    /**
     * Starts a command.
     *
     * @param log receives standard output and error, appended; its directory is created
     * @param environment added to this process's own
     * @throws IOException when the command cannot be started; nothing is left running
     */
    public static ChildProcess start(String name, Path log, Map<String, String> environment, List<String> command)
            throws IOException {
        Path directory = Files.createDirectories(log.toAbsolutePath().getParent());
        Path pidFile = Files.createTempFile(directory, name.replace('/', '_'), ".pid");
        List<String> guarded = new ArrayList<>();
        // a session of its own: a Ctrl-C at the terminal reaches this JVM alone, which then stops its children in order
        Executables.find("setsid").ifPresent(setsid -> guarded.add(setsid.toString()));
        guarded.addAll(List.of("/bin/sh", "-c", GUARD, pidFile.toString()));
        guarded.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(guarded)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        Process guard = builder.start();
        try {
            long pid = readPid(name, guard, pidFile, log);
            return new ChildProcess(name, guard, pid, log);
        } finally {
            Files.deleteIfExists(pidFile);
        }
    }

    private static long readPid(String name, Process guard, Path pidFile, Path log) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (System.nanoTime() < deadline) {
            String text = Files.readString(pidFile, StandardCharsets.US_ASCII);
            if (text.endsWith("\n")) {
                return Long.parseLong(text.trim());
            }
            try {
                if (guard.waitFor(5, TimeUnit.MILLISECONDS)) {
                    break;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        guard.destroyForcibly();
        throw new StartFailure(name + " did not start, see " + log);
    }

    public String name() {
        return name;
    }

    /** The process id of the command itself. */
    public long pid() {
        return pid;
    }

    public Path log() {
        return log;
    }

    public boolean isAlive() {
        return guard.isAlive()
                && ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    /** Kills with SIGKILL and waits until the process is gone. */
    public void kill() {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        await(Duration.ofSeconds(30));
    }

    /** Sends SIGTERM; after {@code grace} SIGKILL. Returns when the process is gone. */
    public void stop(Duration grace) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
        if (!await(grace)) {
            kill();
        }
    }

    /** Freezes the process (SIGSTOP). */
    public void freeze() {
        signal("STOP");
    }

    /** Lets a frozen process go on (SIGCONT). */
    public void thaw() {
        signal("CONT");
    }

    /** Waits for the end; false when it still runs after {@code timeout}. */
    public boolean await(Duration timeout) {
        try {
            return guard.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void signal(String signal) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                    .inheritIO()
                    .start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("kill -" + signal + " of " + name + " (" + pid + ") failed");
            }
        } catch (IOException e) {
            throw new IllegalStateException("kill -" + signal + " of " + name + " (" + pid + ") failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops the process, with ten seconds of grace. */
    @Override
    public void close() {
        thawQuietly();
        stop(Duration.ofSeconds(10));
    }

    /** A frozen process does not see SIGTERM; one that is just ending by itself does not see anything. */
    private void thawQuietly() {
        if (isAlive()) {
            try {
                thaw();
            } catch (IllegalStateException e) {
                if (!await(Duration.ofSeconds(2))) {
                    throw e;
                }
            }
        }
    }
}
