package io.vtsphere.jdbc;

import io.micrometer.core.instrument.Metrics;
import io.vtsphere.frontend.server.GateServerConfig;
import io.vtsphere.topo.connection.EtcdTopo;
import io.vtsphere.topo.connection.TopoException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The gates of this process: one for all connections with the same topology, user and settings. They stay until {@link #close}, since pools
 * come and go. Thread-safe.
 */
final class Gates implements AutoCloseable {
    private static final int MAX_GATES = 64;
    private static final int PASSWORD_BYTES = 24;
    /** What the driver decides, and a URL may not. */
    private static final List<String> OURS = List.of(
            "mysql-server-bind-address",
            "mysql-server-ssl-cert",
            "mysql-server-ssl-key",
            "mysql-server-require-secure-transport",
            "bind-address",
            "allow-kill-statement");

    private final Map<Key, Running> running = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();

    private record Key(Map<String, String> settings, String user) {}

    /** @param password of the one user that may log in */
    record Running(EmbeddedGate gate, String password) {}

    /**
     * The gate for a URL; started when it is the first that needs it.
     *
     * @throws SQLException 08001, when a key is wrong or the topology does not answer
     */
    Running forUrl(VitessUrl url) throws SQLException {
        Key key = new Key(url.gate(), loginName(url));
        Running known = running.get(key);
        if (known != null) {
            return known;
        }
        synchronized (running) {
            Running late = running.get(key);
            if (late != null) {
                return late;
            }
            if (running.size() == MAX_GATES) {
                throw new SQLException("jdbc:vitess: more than " + MAX_GATES + " different settings in use", "08001");
            }
            Running started = start(key);
            running.put(key, started);
            return started;
        }
    }

    static String loginName(VitessUrl url) {
        return url.user().isEmpty() ? "vitess" : url.user();
    }

    private Running start(Key key) throws SQLException {
        byte[] secret = new byte[PASSWORD_BYTES];
        random.nextBytes(secret);
        String password = HexFormat.of().formatHex(secret);
        try {
            GateServerConfig config = GateServerConfig.of(settings(key, password));
            return new Running(
                    EmbeddedGate.open(config, new EtcdTopo(config.etcd()), Metrics.globalRegistry), password);
        } catch (IllegalArgumentException | IOException | TopoException e) {
            throw new SQLException("jdbc:vitess: " + e.getMessage(), "08001", e);
        }
    }

    private static Map<String, Object> settings(Key key, String password) {
        Map<String, Object> settings = new HashMap<>(new TreeMap<>(key.settings()));
        for (String name : OURS) {
            if (settings.containsKey(name)) {
                throw new IllegalArgumentException(name + " is not for a JDBC connection");
            }
        }
        Object cell = settings.get("cell");
        if (cell != null) {
            settings.putIfAbsent("cells-to-watch", cell);
        }
        // cancel() and query timeouts of a connection are KILLs of another one
        settings.put("allow-kill-statement", "true");
        settings.put(
                "users",
                Map.of(
                        key.user(),
                        List.of(Map.of("mysqlNativePassword", scrambled(password), "userData", key.user()))));
        return settings;
    }

    private static String scrambled(String password) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            return HexFormat.of().formatHex(sha1.digest(sha1.digest(password.getBytes(StandardCharsets.US_ASCII))));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    @Override
    public void close() {
        synchronized (running) {
            running.values().forEach(each -> each.gate().close());
            running.clear();
        }
    }
}
