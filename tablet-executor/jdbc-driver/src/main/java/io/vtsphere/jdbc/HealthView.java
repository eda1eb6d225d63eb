package io.vtsphere.jdbc;

import io.vtsphere.gateway.Way;
import io.vtsphere.topo.Target;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What a gate of this process knows of its tablets' health, for who chooses among data sources himself. Thread-safe; nothing waits but
 * {@link #open}.
 */
public final class HealthView {
    private final Gates.Running running;

    private HealthView(Gates.Running running) {
        this.running = running;
    }

    /**
     * The gate with these settings: that of the data sources with the same keys in their URLs, whoever their user is, or a new one.
     *
     * @param settings keys of the {@code !VITESS} rule
     * @throws SQLException 08001, when a key is wrong or the topology does not answer
     */
    public static HealthView open(Map<String, String> settings) throws SQLException {
        return new HealthView(VitessDriver.registered().gates().forSettings(new TreeMap<>(settings)));
    }

    /**
     * Reads {@code <keyspace>/<shard>[@<type>[|<alias>]]}, which a URL has between {@code //} and its keys.
     *
     * @throws SQLException 08001 that says what is wrong
     */
    public static Way way(String text) throws SQLException {
        VitessUrl url = VitessUrl.parse("jdbc:vitess://" + text, new Properties());
        if (url.shard() == null || text.indexOf('?') >= 0) {
            throw new SQLException("jdbc:vitess: '" + text + "' is not <keyspace>/<shard>@<type>", "08001");
        }
        return new Way(new Target(url.keyspace(), url.shard(), url.served()), url.alias());
    }

    /**
     * Which of several ways a call should take now: one whose tablets are well, by the load that this gate sees. Does not block.
     *
     * @return an index; -1 when nobody is well on any way
     */
    public int choose(List<Way> ways) {
        return running.gate().choose(ways);
    }
}
