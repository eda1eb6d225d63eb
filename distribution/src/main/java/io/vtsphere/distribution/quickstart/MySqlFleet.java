package io.vtsphere.distribution.quickstart;

import io.vtsphere.testkit.MySqlProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * The MySQLs below the tablets: started, given their databases, and the replicas attached to their primaries by GTID.
 *
 * <p>Not thread-safe.
 */
final class MySqlFleet implements AutoCloseable {
    private final Settings settings;
    private final Map<TabletSpec, MySqlProcess> processes = new LinkedHashMap<>();

    MySqlFleet(Settings settings) {
        this.settings = settings;
    }

    /** Starts them all at once; those that started are stopped by {@link #close} also when another failed. */
    void start() throws Exception {
        List<Callable<Void>> starts = settings.tablets().stream()
                .map(tablet -> (Callable<Void>) () -> {
                    MySqlProcess process = MySqlProcess.start(new MySqlProcess.Options(
                            settings.dataDirectory().resolve(tablet.directory()),
                            tablet.mysqlPort(),
                            tablet.uid(),
                            List.of("--log-error-verbosity=2")));
                    synchronized (processes) {
                        processes.put(tablet, process);
                    }
                    return null;
                })
                .toList();
        ParallelStarts.all(starts);
    }

    /** Creates databases and schema on new primaries and attaches the replicas; does nothing where that is done. */
    void prepare() throws Exception {
        ParallelStarts.all(settings.tablets().stream()
                .filter(TabletSpec::primary)
                .map(tablet -> (Callable<Void>) () -> {
                    prepareShard(tablet);
                    return null;
                })
                .toList());
    }

    private void prepareShard(TabletSpec primary) throws SQLException, IOException {
        MySqlProcess mysql = process(primary);
        if (!exists(mysql, primary.database())) {
            mysql.execute("", "set global super_read_only = 0, global read_only = 0");
            mysql.execute("", "create database `" + primary.database() + "` character set utf8mb4");
            mysql.execute(primary.database(), resource(primary.keyspace() + "-schema.sql"));
        }
        for (TabletSpec tablet : settings.tablets()) {
            if (tablet.shardName().equals(primary.shardName()) && !tablet.primary()) {
                attach(process(tablet), primary.mysqlPort());
            }
        }
    }

    private static void attach(MySqlProcess replica, int primaryPort) throws SQLException {
        replica.execute(
                "",
                "stop slave",
                "change master to master_host='127.0.0.1', master_port=" + primaryPort
                        + ", master_user='root', master_auto_position=1, master_connect_retry=1, master_retry_count=1000000",
                "start slave");
    }

    private static boolean exists(MySqlProcess mysql, String database) throws SQLException {
        return mysql.queryOne("information_schema", "select 1 from schemata where schema_name = '" + database + "'")
                != null;
    }

    private MySqlProcess process(TabletSpec tablet) {
        MySqlProcess process = processes.get(tablet);
        if (process == null) {
            throw new IllegalStateException("no MySQL runs for " + tablet);
        }
        return process;
    }

    static String resource(String name) throws IOException {
        try (var stream = MySqlFleet.class.getResourceAsStream("/commerce/" + name)) {
            if (stream == null) {
                throw new IOException("resource /commerce/" + name + " is missing");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    Map<TabletSpec, MySqlProcess> processes() {
        return processes;
    }

    /** Stops all of them at once. */
    @Override
    public void close() {
        Together.stop(processes.values().stream()
                .<Runnable>map(process -> process::close)
                .toList());
    }
}
