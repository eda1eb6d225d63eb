package io.vtsphere.shardingsphere.bundle;

import static org.awaitility.Awaitility.await;

import io.vtsphere.testkit.ChildProcess;
import io.vtsphere.testkit.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** ShardingSphere-Proxy 5.1.x as a user has it: lib unpacked, our jar and a MySQL driver in ext-lib, started with its own main class. */
final class StockProxy implements AutoCloseable {
    private final ChildProcess process;
    private final int port;

    private StockProxy(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it.
     *
     * @param conf file name to content
     * @param jvm further arguments of its JVM
     */
    static StockProxy start(String host, Path home, Map<String, String> conf, String... jvm) throws IOException {
        Path directory = Files.createDirectories(home.resolve("conf"));
        for (Map.Entry<String, String> file : conf.entrySet()) {
            Files.writeString(directory.resolve(file.getKey()), file.getValue());
        }
        // the binary distribution has it in conf; without one everything is logged at DEBUG
        Files.writeString(directory.resolve("logback.xml"), """
                <configuration>
                  <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                    <encoder><pattern>%d %-5level %logger{36} - %msg%n</pattern></encoder>
                  </appender>
                  <root level="INFO"><appender-ref ref="out"/></root>
                </configuration>
                """);
        Path extLib = Files.createDirectories(home.resolve("ext-lib"));
        for (Path jar : List.of(Bundle.JAR, Bundle.connector())) {
            Files.copy(jar, extLib.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        int port = Ports.free();
        List<String> command = new ArrayList<>(List.of(
                // as start.sh, in its own directory: the host writes its transaction logs there
                "/bin/sh",
                "-c",
                "cd \"$0\" && exec \"$@\"",
                home.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(jvm));
        // as bin/start.sh: conf, the directory above it, lib, ext-lib
        String classPath =
                String.join(":", directory.toString(), home.toString(), Bundle.lib(host) + "/*", extLib + "/*");
        command.addAll(
                List.of("-cp", classPath, "org.apache.shardingsphere.proxy.Bootstrap", Integer.toString(port), "conf"));
        ChildProcess process = ChildProcess.start(host, home.resolve("stdout.log"), Map.of(), command);
        StockProxy proxy = new StockProxy(process, port);
        try {
            await().atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> !process.isAlive() || !Ports.isFree(port));
            if (!process.isAlive()) {
                throw new IOException(host + " did not start:\n" + Files.readString(process.log()));
            }
            return proxy;
        } catch (RuntimeException | IOException e) {
            process.close();
            throw e;
        }
    }

    String log() throws IOException {
        return Files.readString(process.log());
    }

    String url(String database) {
        return "jdbc:mysql://127.0.0.1:" + port + "/" + database + "?useSSL=false&allowPublicKeyRetrieval=true";
    }

    Connection connect(String database, String... properties) throws SQLException {
        return DriverManager.getConnection(url(database) + "&user=root&password=root"
                + (properties.length == 0 ? "" : "&" + String.join("&", properties)));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it without giving it time for anything. */
    void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.close();
    }
}
