package io.vtsphere.distribution.quickstart;

import io.vtsphere.distribution.VtsphereCommand;
import io.vtsphere.testkit.Executables;
import io.vtsphere.testkit.StartFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The cluster in the background: a process of its own that supervises it, found again by its pid file. Stateless. */
final class Detached {
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);
    private static final long POLL_MILLIS = 100;

    private Detached() {}

    /** Starts the supervisor, shows its lines until the cluster serves, and leaves it; returns the exit status. */
    static int start(Settings settings) throws Exception {
        Files.createDirectories(settings.logDirectory());
        Path log = settings.logDirectory().resolve("quickstart.log");
        Files.writeString(log, "");
        Files.deleteIfExists(settings.readyFile());
        Process supervisor = new ProcessBuilder(command(settings))
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        int shown = 0;
        while (true) {
            boolean ended = supervisor.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
            boolean ready = Files.exists(settings.readyFile());
            String text = Files.readString(log, StandardCharsets.UTF_8);
            System.out.print(text.substring(shown));
            System.out.flush();
            shown = text.length();
            if (ended) {
                return supervisor.exitValue() == 0 ? 1 : supervisor.exitValue();
            }
            if (ready) {
                return settings.demo()
                        ? (new Demo(System.out, settings.hasReplicas()).run(settings.gatePort()) == 0 ? 0 : 1)
                        : 0;
            }
        }
    }

    private static List<String> command(Settings settings) {
        List<String> command = new ArrayList<>();
        Executables.find("setsid").ifPresent(setsid -> command.add(setsid.toString()));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                VtsphereCommand.class.getName(),
                "quickstart",
                "--data-dir=" + settings.dataDirectory(),
                "--ports-from=" + settings.firstPort(),
                "--topo=" + (settings.memoryTopology() ? "memory" : "etcd"),
                "--shards=" + settings.shards()));
        if (!settings.hasReplicas()) {
            command.add("--small");
        }
        return command;
    }

    /** The supervisor of the data directory, if it runs. */
    static Optional<ProcessHandle> supervisor(Settings settings) throws IOException {
        if (!Files.exists(settings.pidFile())) {
            return Optional.empty();
        }
        String pid = Files.readString(settings.pidFile()).trim();
        return ProcessHandle.of(Long.parseLong(pid))
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info().command().orElse("").endsWith("java"));
    }

    /** Stops the cluster and waits until it is down; returns the exit status. */
    static int stop(Settings settings) throws Exception {
        Optional<ProcessHandle> running = supervisor(settings);
        if (running.isEmpty()) {
            throw new StartFailure("no cluster runs on " + settings.dataDirectory());
        }
        ProcessHandle supervisor = running.get();
        supervisor.destroy();
        supervisor.onExit().get(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        System.out.println("stopped; the data stays in " + settings.dataDirectory());
        return 0;
    }
}
