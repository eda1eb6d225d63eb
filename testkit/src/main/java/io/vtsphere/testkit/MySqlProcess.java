package io.vtsphere.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One MySQL 8.0.15 with GTID and binary log on, user {@code root} without password, on the loopback address.
 *
 * <p>Can be killed, frozen and started again with its data and port. Not thread-safe, except {@link #connect}.
 */
public final class MySqlProcess implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    /**
     * Where and how to start.
     *
     * @param directory holds data, log and socket; data that is there already is used
     * @param port of TCP on 127.0.0.1
     * @param serverId unique among MySQLs that replicate from each other
     * @param extraArguments further {@code mysqld} options, last wins
     */
    public record Options(Path directory, int port, int serverId, List<String> extraArguments) {
        public static Options in(Path directory) {
            int port = Ports.free();
            return new Options(directory, port, port, List.of());
        }
    }

    private final MySqlDistribution distribution;
    private final Options options;
    private ChildProcess process;

    private MySqlProcess(MySqlDistribution distribution, Options options) throws IOException {
        this.distribution = distribution;
        this.options = options;
        this.process = launch();
    }

    /**
     * Starts MySQL and returns when it accepts connections.
     *
     * @throws StartFailure when it cannot run here or does not answer within 60 s
     */
    public static MySqlProcess start(Options options) throws IOException {
        return new MySqlProcess(MySqlDistribution.get(), options);
    }

    private ChildProcess launch() throws IOException {
        Path directory = Files.createDirectories(options.directory());
        Path data = directory.resolve("data");
        if (!Files.exists(data.resolve("mysql.ibd"))) {
            Path fresh = directory.resolve("data.new");
            MySqlDistribution.deleteTree(fresh);
            distribution.copyTemplate(fresh);
            MySqlDistribution.deleteTree(data);
            Files.move(fresh, data);
        }
        ChildProcess started = ChildProcess.start(
                "mysqld-" + options.port(),
                directory.resolve("mysqld.log"),
                Map.of("LD_LIBRARY_PATH", distribution.home().resolve("lib").toString()),
                command(data));
        boolean up = Waiting.until(START_TIMEOUT, () -> {
            if (!started.isAlive()) {
                throw new StartFailure("mysqld ended at once, see " + started.log());
            }
            connect("").close();
            return true;
        });
        if (!up) {
            started.close();
            throw new StartFailure("mysqld did not answer on port " + options.port() + " within "
                    + START_TIMEOUT.toSeconds() + " s, see " + started.log());
        }
        return started;
    }

    private List<String> command(Path data) {
        Path home = distribution.home();
        List<String> command = new ArrayList<>(List.of(
                distribution.mysqld().toString(),
                "--no-defaults",
                "--user=" + System.getProperty("user.name"),
                "--basedir=" + home,
                "--lc-messages-dir=" + home.resolve("share"),
                "--character-sets-dir=" + home.resolve("share/charsets"),
                "--datadir=" + data,
                "--port=" + options.port(),
                "--bind-address=127.0.0.1",
                "--socket=mysqld.sock",
                "--pid-file=" + data.resolve("mysqld.pid"),
                "--mysqlx=OFF",
                "--server-id=" + options.serverId(),
                "--report-host=127.0.0.1",
                "--report-port=" + options.port(),
                "--gtid-mode=ON",
                "--enforce-gtid-consistency=ON",
                "--log-bin=binlog",
                "--log-slave-updates=ON",
                "--relay-log=relay",
                "--master-info-repository=TABLE",
                "--relay-log-info-repository=TABLE",
                "--relay-log-recovery=ON",
                "--skip-slave-start=OFF",
                "--skip-name-resolve",
                "--default-authentication-plugin=mysql_native_password",
                "--character-set-server=utf8mb4",
                "--collation-server=utf8mb4_0900_ai_ci",
                "--max-connections=500",
                "--max-allowed-packet=64M",
                "--innodb-buffer-pool-size=64M",
                "--innodb-log-file-size=16M",
                "--innodb-flush-method=O_DIRECT_NO_FSYNC",
                // As Vitess sets it. No MySQL sees a deadlock over several of them: it ends as a lock wait that is too
                // long.
                "--innodb-lock-wait-timeout=20",
                "--performance-schema=OFF",
                "--default-time-zone=+00:00"));
        command.addAll(options.extraArguments());
        return command;
    }

    public int port() {
        return options.port();
    }

    public ChildProcess process() {
        return process;
    }

    /** A JDBC address for a database, "" for none; user root, no password. */
    public String jdbcUrl(String database) {
        return "jdbc:mysql://127.0.0.1:" + options.port() + "/" + database
                + "?user=root&sslMode=DISABLED&allowMultiQueries=true&connectTimeout=2000";
    }

    /** A connection; further properties of Connector/J as {@code name=value}. */
    public Connection connect(String database, String... properties) throws SQLException {
        String more = properties.length == 0 ? "" : "&" + String.join("&", properties);
        return DriverManager.getConnection(jdbcUrl(database) + more);
    }

    /** Runs statements one after the other on one connection. */
    public void execute(String database, String... statements) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first column of the first row as text, null for SQL NULL or no row. */
    public @org.jspecify.annotations.Nullable String queryOne(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    /** Starts it again on the same data and port. */
    public void restart() throws IOException {
        process.close();
        process = launch();
    }

    @Override
    public void close() {
        process.close();
    }
}
