package io.vtsphere.distribution.quickstart;

import java.io.IOException;
import java.util.List;

/** Starts the tablet server of one MySQL. Stateless. */
final class TabletProgram {
    private static final String MAIN = "io.vtsphere.tablet.TabletServerMain";

    private TabletProgram() {}

    static JavaProcess start(Settings settings, TabletSpec tablet) throws IOException {
        return JavaProcess.start(
                "tablet-" + tablet.uid(),
                settings.logDirectory().resolve("tablet-" + tablet.uid() + ".log"),
                List.of(
                        "-XX:+UseSerialGC",
                        "-Xmx192m",
                        "-XX:TieredStopAtLevel=4",
                        "-Dlogback.configurationFile=" + settings.confDirectory().resolve("logback.xml")),
                MAIN,
                arguments(settings, tablet));
    }

    /** The flags are vttablet's. */
    static List<String> arguments(Settings settings, TabletSpec tablet) {
        return List.of(
                "--tablet-path=" + tablet.alias(),
                "--init-keyspace=" + tablet.keyspace(),
                "--init-shard=" + tablet.shard(),
                "--init-tablet-type=" + (tablet.primary() ? "primary" : "replica"),
                "--tablet-hostname=127.0.0.1",
                "--grpc-port=" + tablet.grpcPort(),
                "--port=" + tablet.httpPort(),
                "--db-host=127.0.0.1",
                "--db-port=" + tablet.mysqlPort(),
                "--db-user=root",
                "--db-name=" + tablet.database(),
                "--health-check-interval=1s",
                "--topo-implementation=etcd2",
                "--topo-global-server-address=127.0.0.1:" + settings.etcdClientPort(),
                "--topo-global-root=" + CommerceTopology.GLOBAL_ROOT);
    }
}
