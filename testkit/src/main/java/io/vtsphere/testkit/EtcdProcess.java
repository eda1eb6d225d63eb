package io.vtsphere.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One etcd of its own data directory on the loopback address. Can be killed, frozen and started again with its data and ports.
 *
 * <p>Not thread-safe: one owner starts and stops it.
 */
public final class EtcdProcess implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(20);

    private final Path directory;
    private final int clientPort;
    private final int peerPort;
    private final List<String> extraArguments;
    private ChildProcess process;

    private EtcdProcess(Path directory, int clientPort, int peerPort, List<String> extraArguments) throws IOException {
        this.directory = directory;
        this.clientPort = clientPort;
        this.peerPort = peerPort;
        this.extraArguments = extraArguments;
        this.process = launch();
    }

    /** Starts etcd on free ports with its data below {@code directory} and returns when it answers. */
    public static EtcdProcess start(Path directory, String... extraArguments) throws IOException {
        return start(directory, Ports.free(), Ports.free(), extraArguments);
    }

    /**
     * Starts etcd on these ports.
     *
     * @throws StartFailure when there is no etcd on this machine or it does not answer within 20 s
     */
    public static EtcdProcess start(Path directory, int clientPort, int peerPort, String... extraArguments)
            throws IOException {
        return new EtcdProcess(directory, clientPort, peerPort, List.of(extraArguments));
    }

    /** Whether this machine can start one: as a program or through Docker. */
    public static boolean isAvailable() {
        return binary().isPresent() || dockerWorks();
    }

    /** The etcd binary: {@code ETCD_BIN}, else the first on PATH. */
    static Optional<Path> binary() {
        String configured = System.getenv("ETCD_BIN");
        if (configured != null && !configured.isEmpty()) {
            return Optional.of(Path.of(configured)).filter(Files::isExecutable);
        }
        return Executables.find("etcd");
    }

    private ChildProcess launch() throws IOException {
        Files.createDirectories(directory);
        String client = "http://127.0.0.1:" + clientPort;
        String peer = "http://127.0.0.1:" + peerPort;
        List<String> command = new ArrayList<>(program());
        command.addAll(List.of(
                "--name=vtsphere",
                "--data-dir=" + directory.resolve("etcd-data"),
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=vtsphere=" + peer));
        command.addAll(extraArguments);
        ChildProcess started = ChildProcess.start("etcd", directory.resolve("etcd.log"), Map.of(), command);
        if (extraArguments.isEmpty()) {
            awaitHealth(started);
        }
        return started;
    }

    private List<String> program() {
        Optional<Path> binary = binary();
        if (binary.isPresent()) {
            return List.of(binary.get().toString());
        }
        if (!dockerWorks()) {
            throw new StartFailure(
                    "etcd was not found: install it (apt-get install etcd-server), set ETCD_BIN, or start Docker");
        }
        String mount = directory.toAbsolutePath().toString();
        return List.of(
                "docker",
                "run",
                "--rm",
                "--network=host",
                "--volume=" + mount + ":" + mount,
                "--entrypoint=etcd",
                image());
    }

    /** An image whose {@code etcd} is the program; {@code ETCD_IMAGE} names another. */
    private static String image() {
        return System.getenv().getOrDefault("ETCD_IMAGE", "rancher/mirrored-coreos-etcd:v3.5.9");
    }

    private static boolean dockerWorks() {
        if (Executables.find("docker").isEmpty()) {
            return false;
        }
        try {
            Process info = new ProcessBuilder("docker", "info")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return info.waitFor(10, TimeUnit.SECONDS) && info.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void awaitHealth(ChildProcess started) {
        HttpClient http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + clientPort + "/health"))
                .timeout(Duration.ofSeconds(2))
                .build();
        boolean healthy = Waiting.until(START_TIMEOUT, () -> {
            if (!started.isAlive()) {
                throw new StartFailure("etcd ended at once, see " + started.log());
            }
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 && answer.body().contains("true");
        });
        if (!healthy) {
            started.close();
            throw new StartFailure("etcd did not answer on port " + clientPort + " within " + START_TIMEOUT.toSeconds()
                    + " s, see " + started.log());
        }
    }

    /** {@code host:port} of the client port. */
    public String address() {
        return "127.0.0.1:" + clientPort;
    }

    /** {@code http://host:port} of the client port. */
    public String endpoint() {
        return "http://" + address();
    }

    public ChildProcess process() {
        return process;
    }

    /** Starts it again on the same data and ports after {@link ChildProcess#kill} or {@link ChildProcess#stop}. */
    public void restart() throws IOException {
        process.close();
        process = launch();
    }

    @Override
    public void close() {
        process.close();
    }
}
