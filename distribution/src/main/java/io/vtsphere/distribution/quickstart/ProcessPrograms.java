package io.vtsphere.distribution.quickstart;

import java.io.IOException;
import java.util.List;

/** Each program in a process of its own. Stateless but for its settings. */
final class ProcessPrograms implements Programs {
    private static final String TABLET = "io.vtsphere.tablet.TabletServerMain";
    private static final String GATE = "io.vtsphere.shardingsphere.ProxyLauncher";

    private final Settings settings;

    ProcessPrograms(Settings settings) {
        this.settings = settings;
    }

    @Override
    public JavaProcess tablet(TabletSpec tablet) throws IOException {
        return JavaProcess.start(
                "tablet-" + tablet.uid(),
                settings.logDirectory().resolve("tablet-" + tablet.uid() + ".log"),
                jvm("192m"),
                TABLET,
                tabletFlags(settings, tablet));
    }

    @Override
    public JavaProcess gate() throws IOException {
        return JavaProcess.start(
                "gate",
                settings.logDirectory().resolve("gate.log"),
                jvm("512m"),
                GATE,
                List.of(settings.confDirectory().toString(), Integer.toString(settings.gatePort())));
    }

    private List<String> jvm(String heap) {
        return List.of(
                "-XX:+UseSerialGC",
                "-Xmx" + heap,
                "-Dlogback.configurationFile=" + settings.confDirectory().resolve("logback.xml"));
    }

    /** The flags are vttablet's. */
    static List<String> tabletFlags(Settings settings, TabletSpec tablet) {
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
                "--topo-global-server-address=" + settings.topologyAddress(),
                "--topo-global-root=" + CommerceTopology.GLOBAL_ROOT);
    }
}
