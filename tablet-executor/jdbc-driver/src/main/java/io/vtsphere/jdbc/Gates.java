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
    /** The caller's name towards tablets where a URL has none. */
    private static final String DEFAULT_USER = "vitess";
    /** What the driver decides, and a URL may not. */
    private static final List<String> OURS = List.of(
            "mysql-server-bind-address",
            "mysql-server-ssl-cert",
            "mysql-server-ssl-key",
            "mysql-server-require-secure-transport",
            "bind-address",
            "allow-kill-statement");

    private final Map<Key, Running> running = new ConcurrentHashMap<>();
    /** Those of {@link SharedGate}, by name. */
    private final Map<String, Running> shared = new ConcurrentHashMap<>();

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
        String name = url.gate().get(SharedGate.KEY);
        if (name != null) {
            Running named = shared.get(name);
            if (named == null || url.gate().size() > 1) {
                throw new SQLException(
                        "jdbc:vitess: " + SharedGate.KEY + "=" + name
                                + (named == null
                                        ? " is not open"
                                        : " has its settings: " + url.gate().keySet()),
                        "08001");
            }
            return named;
        }
        return forKey(new Key(url.gate(), loginName(url)));
    }

    /**
     * A gate with these settings, whoever its user is; started when there is none.
     *
     * @throws SQLException 08001, when a key is wrong or the topology does not answer
     */
    Running forSettings(Map<String, String> settings) throws SQLException {
        for (Map.Entry<Key, Running> entry : running.entrySet()) {
            if (entry.getKey().settings().equals(settings)) {
                return entry.getValue();
            }
        }
        return forKey(new Key(settings, DEFAULT_USER));
    }

    private Running forKey(Key key) throws SQLException {
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

    /**
     * Starts a gate that URLs reach by its name.
     *
     * @throws SQLException 08001, when the name is taken, a key is wrong or the topology does not answer
     */
    Running share(String name, Map<String, String> settings) throws SQLException {
        synchronized (running) {
            if (shared.containsKey(name)) {
                throw new SQLException("jdbc:vitess: " + SharedGate.KEY + "=" + name + " is open already", "08001");
            }
            Running started = start(new Key(settings, SharedGate.USER));
            shared.put(name, started);
            return started;
        }
    }

    /** Ends a shared gate, and with it its connections. */
    void unshare(String name) {
        Running gone = shared.remove(name);
        if (gone != null) {
            gone.gate().close();
        }
    }

    /** Whether a key of the rule is about clients of a MySQL port, which a gate for connections of this process has not. */
    static boolean isOfClients(String key) {
        return OURS.contains(key) || key.equals("users") || key.equals("port");
    }

    static String loginName(VitessUrl url) {
        return url.user().isEmpty() ? DEFAULT_USER : url.user();
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
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("jdbc:vitess: interrupted at the start", "08001", e);
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
        // most connections are to one shard, whose MySQL knows its tables
        settings.putIfAbsent("schema-change-signal", "false");
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
            shared.values().forEach(each -> each.gate().close());
            shared.clear();
        }
    }
}
