package io.vtsphere.distribution.quickstart;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vtsphere quickstart}. */
@Command(
        name = "quickstart",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a whole small cluster on this machine: etcd, MySQL with replication, a tablet server for each MySQL, and the gate.",
            "Keyspace commerce is unsharded, customer has the shards -80 and 80-, or as many as --shards says. Ctrl-C stops everything."
        })
public final class QuickstartCommand implements Callable<Integer> {
    private static final int HIGHEST_FIRST_PORT = 65_500;

    enum Topology {
        etcd,
        memory
    }

    @Option(names = "--detach", description = "Return when the cluster serves, and leave it running.")
    private boolean detach;

    @Option(names = "--stop", description = "Stop the cluster that runs on the data directory.")
    private boolean stop;

    @Option(names = "--small", description = "Primaries only.")
    private boolean small;

    @Option(
            names = "--shards",
            paramLabel = "N",
            defaultValue = "2",
            description = "Shards of customer: 2, 4, 8 or 16. Default: ${DEFAULT-VALUE}.")
    private int shards;

    @Option(
            names = "--ports-from",
            paramLabel = "N",
            defaultValue = "15306",
            description = "The gate's MySQL port; the other ports follow it. Default: ${DEFAULT-VALUE}.")
    private int portsFrom;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "vtsphere-data",
            description = "Where everything is kept. Default: ${DEFAULT-VALUE} in the current directory.")
    private Path dataDirectory = Path.of("vtsphere-data");

    @Option(
            names = "--topo",
            paramLabel = "etcd|memory",
            defaultValue = "etcd",
            description = "memory needs no etcd: gate and tablets run in one process. Default: ${DEFAULT-VALUE}.")
    private Topology topology = Topology.etcd;

    @Option(
            names = "--demo",
            description =
                    "Run a walk-through of queries against the gate, print and check every answer; exit with 1 when one is wrong.")
    private boolean demo;

    @Override
    public Integer call() throws Exception {
        if (portsFrom < 1024 || portsFrom > HIGHEST_FIRST_PORT) {
            throw new IllegalArgumentException(
                    "--ports-from must be from 1024 to " + HIGHEST_FIRST_PORT + ", not " + portsFrom);
        }
        if (shards < 2 || shards > 16 || Integer.bitCount(shards) != 1) {
            throw new IllegalArgumentException("--shards must be 2, 4, 8 or 16, not " + shards);
        }
        if (demo && shards != 2) {
            throw new IllegalArgumentException("--demo goes with 2 shards");
        }
        if (stop && (detach || demo)) {
            throw new IllegalArgumentException("--stop goes with --data-dir only");
        }
        Settings settings = Settings.of(
                dataDirectory.toAbsolutePath().normalize(),
                portsFrom,
                small,
                topology == Topology.memory,
                demo,
                shards);
        if (stop) {
            return Detached.stop(settings);
        }
        if (detach) {
            return Detached.start(settings);
        }
        return new Quickstart(settings, System.out, System.console() != null).run();
    }
}
