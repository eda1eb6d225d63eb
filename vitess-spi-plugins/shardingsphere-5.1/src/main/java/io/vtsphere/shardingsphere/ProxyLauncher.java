package io.vtsphere.shardingsphere;

import io.vtsphere.frontend.MySqlListener;
import io.vtsphere.frontend.server.GateServer;
import io.vtsphere.frontend.server.GateServerConfig;
import io.vtsphere.topo.connection.EtcdTopo;
import io.vtsphere.topo.connection.TopoConnector;
import io.vtsphere.topo.connection.TopoException;
import io.vtsphere.vterrors.VtException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import org.apache.shardingsphere.proxy.config.YamlProxyConfiguration;
import org.apache.shardingsphere.proxy.initializer.BootstrapInitializer;

/**
 * Starts ShardingSphere-Proxy as a Vitess gateway: {@code ProxyLauncher [conf-directory [port]]}.
 *
 * <p>The host reads its configuration and builds its context and rules; the ports, event loops and the shutdown are ours, because the host's
 * own cannot be drained. A mistake in the configuration ends the process with status 2, a
 * failed start with status 1, each with one line on standard error.
 */
public final class ProxyLauncher {
    private static final int START_FAILED = 1;
    private static final int WRONG_CONFIGURATION = 2;
    private static final String DEFAULT_DIRECTORY = "conf";
    private static final int DEFAULT_PORT = 3307;

    private ProxyLauncher() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws InterruptedException {
        GateServer server;
        try {
            Path directory = Path.of(arguments.length > 0 ? arguments[0] : DEFAULT_DIRECTORY);
            server = start(directory, arguments.length > 1 ? port(arguments[1]) : DEFAULT_PORT);
        } catch (IllegalArgumentException e) {
            System.err.println("vtsphere gate: " + e.getMessage());
            System.exit(WRONG_CONFIGURATION);
            return;
        } catch (IOException | SQLException | TopoException | VtException e) {
            System.err.println("vtsphere gate: cannot start: " + e.getMessage());
            System.exit(START_FAILED);
            return;
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            server.close();
                            stopped.countDown();
                        },
                        "shutdown"));
        stopped.await();
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("port must be a number: '" + text + "'", e);
        }
        throw new IllegalArgumentException("port must be 0 to 65535: " + text);
    }

    /**
     * Starts the host and the gate in it.
     *
     * @param directory with {@code server.yaml}
     * @param port of clients; 0 takes a free one
     * @throws IllegalArgumentException for a mistake in the configuration, with the key named
     */
    static GateServer start(Path directory, int port) throws IOException, SQLException, InterruptedException {
        YamlProxyConfiguration yaml = HostConfiguration.load(directory);
        GateServerConfig config =
                HostConfiguration.prepare(yaml.getServerConfiguration()).gate();
        if (!config.topoImplementation().equals("etcd2")) {
            throw new IllegalArgumentException("topo-implementation " + config.topoImplementation()
                    + " lives in one process and cannot be reached from here");
        }
        return start(yaml, config, new EtcdTopo(config.etcd()), port);
    }

    /** The same with a topology that the caller connects to. */
    static GateServer start(YamlProxyConfiguration yaml, GateServerConfig config, TopoConnector connector, int port)
            throws IOException, SQLException, InterruptedException {
        new BootstrapInitializer().init(yaml, port);
        return GateServer.open(config, connector, port, MySqlListener::initializer);
    }
}
