package io.vtsphere.jdbc;

import com.mysql.cj.jdbc.NonRegisteringDriver;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverAction;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Connects to a shard ({@code jdbc:vitess://customer/-80@primary}) or a keyspace ({@code jdbc:vitess://customer@replica}) through a gate in
 * this process: the health checks, retries and transactions of the gate, and Connector/J's statements, results and types.
 *
 * <p>The catalog of a connection to a shard is the database that its MySQL knows, so that meta data and information_schema can be asked by it.
 * Thread-safe. Gates that connections have started end when the driver is deregistered, or with the process.
 */
public final class VitessDriver implements Driver, DriverAction {
    private static final Duration DEFAULT_LOGIN_TIMEOUT = Duration.ofSeconds(30);
    private static final int MAJOR = 0;
    private static final int MINOR = 1;

    private final Gates gates = new Gates();

    static {
        VitessDriver driver = new VitessDriver();
        try {
            DriverManager.registerDriver(driver, driver);
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @Override
    public boolean acceptsURL(@Nullable String url) {
        return VitessUrl.accepts(url);
    }

    /**
     * Opens a connection; the first one to a topology reads it, and waits for the tablet.
     *
     * @return null when the URL is another driver's
     * @throws SQLException 08001 when the URL is wrong, the topology does not answer, or no tablet serves within the login timeout
     */
    @Override
    public @Nullable Connection connect(String url, @Nullable Properties info) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        int seconds = DriverManager.getLoginTimeout();
        return connect(
                VitessUrl.parse(url, info == null ? new Properties() : info),
                seconds > 0 ? Duration.ofSeconds(seconds) : DEFAULT_LOGIN_TIMEOUT);
    }

    Connection connect(VitessUrl parsed, Duration timeout) throws SQLException {
        Gates.Running running = gates.forUrl(parsed);
        if (!running.gate().awaitTablet(parsed, timeout)) {
            throw new SQLException(
                    "jdbc:vitess: no tablet serves " + parsed.target() + " within " + timeout.toSeconds() + " s",
                    "08001");
        }
        Properties properties = new Properties();
        properties.putAll(parsed.driver());
        properties.setProperty("user", Gates.loginName(parsed));
        properties.setProperty("password", running.password());
        // it is the loopback address of this process
        properties.setProperty("sslMode", "DISABLED");
        properties.remove("useSSL");
        properties.remove("requireSSL");
        Connection connection = connectorJ(
                "jdbc:mysql://127.0.0.1:" + running.gate().port() + "/"
                        + URLEncoder.encode(parsed.target(), StandardCharsets.UTF_8),
                properties);
        boolean ready = false;
        try {
            if (parsed.shard() != null) {
                running.gate().schema(parsed.target(), connection);
            }
            ready = true;
            return VitessConnection.wrap(connection, parsed, running.gate());
        } finally {
            if (!ready) {
                connection.close();
            }
        }
    }

    /** The one that DriverManager knows: this class registers it when it is loaded. */
    static VitessDriver registered() throws SQLException {
        return DriverManager.drivers()
                .filter(VitessDriver.class::isInstance)
                .map(VitessDriver.class::cast)
                .findFirst()
                .orElseThrow(() -> new SQLException("jdbc:vitess: the driver was deregistered", "08001"));
    }

    Gates gates() {
        return gates;
    }

    private static Connection connectorJ(String url, Properties properties) throws SQLException {
        try {
            return new NonRegisteringDriver().connect(url, properties);
        } catch (NoClassDefFoundError e) {
            throw new SQLException("jdbc:vitess: com.mysql:mysql-connector-j is not on the class path", "08001", e);
        }
    }

    /** Called when the driver is deregistered: ends the gates, and with them the connections. */
    @Override
    public void deregister() {
        gates.close();
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, @Nullable Properties info) {
        DriverPropertyInfo[] keys = {
            new DriverPropertyInfo("topo-global-server-address", null),
            new DriverPropertyInfo("topo-global-root", null),
            new DriverPropertyInfo("cell", null)
        };
        for (DriverPropertyInfo key : keys) {
            key.required = true;
            key.value = info == null ? null : info.getProperty(key.name);
        }
        return keys;
    }

    @Override
    public int getMajorVersion() {
        return MAJOR;
    }

    @Override
    public int getMinorVersion() {
        return MINOR;
    }

    /** False: no test suite of JDBC's owner has been run. */
    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("the driver logs through SLF4J");
    }
}
