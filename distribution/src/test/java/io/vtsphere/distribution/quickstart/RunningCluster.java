package io.vtsphere.distribution.quickstart;

import io.vtsphere.testkit.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One commerce cluster of real processes for all test classes of a run; it is stopped after the last of them. */
final class RunningCluster implements ParameterResolver {
    private static final int PORTS = 40;

    /** The cluster with its settings, as tests see it. */
    record Cluster(Settings settings, CommerceCluster processes) implements ExtensionContext.Store.CloseableResource {
        /** A connection as root. */
        Connection connect(String database, String... options) throws SQLException {
            return connectAs("root", "", database, options);
        }

        Connection connectAs(String user, String password, String database, String... options) throws SQLException {
            Properties properties = new Properties();
            properties.setProperty("user", user);
            properties.setProperty("password", password);
            properties.setProperty("sslMode", "DISABLED");
            properties.setProperty("allowPublicKeyRetrieval", "true");
            for (String option : options) {
                properties.setProperty(
                        option.substring(0, option.indexOf('=')), option.substring(option.indexOf('=') + 1));
            }
            return DriverManager.getConnection(
                    "jdbc:mysql://127.0.0.1:" + settings.gatePort() + "/" + database, properties);
        }

        /** A tablet server of its own process. */
        JavaProcess tablet(int uid) {
            return (JavaProcess) processes.tablet(uid);
        }

        JavaProcess gate() {
            return (JavaProcess) processes.gate();
        }

        @Override
        public void close() throws Exception {
            processes.close();
            try (Stream<Path> files = Files.walk(settings.dataDirectory())) {
                for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Cluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .getOrComputeIfAbsent(Cluster.class, key -> start(), Cluster.class);
    }

    private static Cluster start() {
        try {
            Path directory = Files.createTempDirectory("vtsphere-it");
            Settings settings =
                    Settings.of(directory, freePorts(), false, false, false).withTablet("customer", "-80", 202, false);
            CommerceCluster processes = new CommerceCluster(settings);
            try {
                processes.start(new Steps(System.out, false));
            } catch (Exception e) {
                processes.close();
                throw e;
            }
            return new Cluster(settings, processes);
        } catch (Exception e) {
            throw new IllegalStateException("the cluster of the tests did not start", e);
        }
    }

    /** The first of a run of free ports. */
    static int freePorts() {
        return Ports.freeRun(PORTS);
    }
}
