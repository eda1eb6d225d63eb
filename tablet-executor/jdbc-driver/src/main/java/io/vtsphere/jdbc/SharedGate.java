package io.vtsphere.jdbc;

import io.vtsphere.topo.ServingStates;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A gate in this process that URLs reach by its name, {@code jdbc:vitess://customer/-80?vitess-gate=<name>}: so that they hold no settings, and
 * that who opened it follows the same topology as its connections. Thread-safe.
 */
public final class SharedGate implements AutoCloseable {
    static final String KEY = "vitess-gate";
    /** The caller's name towards tablets. */
    static final String USER = "vitess";

    private final String name;
    private final VitessDriver driver;
    private final Gates.Running running;

    private SharedGate(String name, VitessDriver driver, Gates.Running running) {
        this.name = name;
        this.driver = driver;
        this.running = running;
    }

    /**
     * Starts one; blocks until the topology is read.
     *
     * @param settings keys of the {@code !VITESS} rule; those of MySQL clients are of no interest here, and are left out
     * @throws SQLException 08001, when the name is taken, a key is wrong or the topology does not answer
     */
    public static SharedGate open(String name, Map<String, ?> settings) throws SQLException {
        Map<String, String> texts = new TreeMap<>();
        settings.forEach((key, value) -> {
            if (!Gates.isOfClients(key)) {
                texts.put(key, text(value));
            }
        });
        VitessDriver driver = VitessDriver.registered();
        return new SharedGate(name, driver, driver.gates().share(name, texts));
    }

    private static String text(Object value) {
        return value instanceof Collection<?> several
                ? several.stream().map(String::valueOf).collect(Collectors.joining(","))
                : String.valueOf(value);
    }

    /** What its connections know of the topology. */
    public ServingStates states() {
        return running.gate().states();
    }

    /** The URL of a shard's primary; {@code getMetaData().getURL()} of its connections is the same without the query. */
    public String url(String keyspace, String shard) {
        return "jdbc:mysql:vitess://" + keyspace + "/" + shard + "@primary?" + KEY + "="
                + URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    /**
     * Connects to a shard's primary.
     *
     * @param timeout how long to wait for a tablet that serves
     * @throws SQLException 08001 when none does in time
     */
    public Connection connect(String keyspace, String shard, Duration timeout) throws SQLException {
        return driver.connect(VitessUrl.parse(url(keyspace, shard), new Properties()), timeout);
    }

    /** Ends its connections too. */
    @Override
    public void close() {
        driver.gates().unshare(name);
    }
}
