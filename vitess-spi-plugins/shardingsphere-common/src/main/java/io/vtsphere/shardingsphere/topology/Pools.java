package io.vtsphere.shardingsphere.topology;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.vtsphere.shardingsphere.rule.DatabaseSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pool of connections for each shard, by its data source's name {@code keyspace/shard}. One that is not wanted any more stays until its time is
 * over and its last connection is back: statements that were routed before a change find it. Confined to one thread.
 */
final class Pools implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pools.class);

    private final DatabaseSettings settings;
    private final UnaryOperator<String> urls;
    private final LongSupplier nanos;
    private final Map<String, HikariDataSource> open = new HashMap<>();
    /** Since when they are not wanted. */
    private final Map<String, Long> retired = new HashMap<>();
    /** No database has them any more. */
    private final Set<String> released = new HashSet<>();

    /** @param urls from a data source's name */
    Pools(DatabaseSettings settings, UnaryOperator<String> urls, LongSupplier nanos) {
        this.settings = settings;
        this.urls = urls;
        this.nanos = nanos;
    }

    /** All that a database needs, and those of it that are not drained yet. */
    List<String> keep(String keyspace, Collection<String> wanted) {
        Set<String> names = new LinkedHashSet<>(wanted);
        for (String name : names) {
            retired.remove(name);
            released.remove(name);
            open.computeIfAbsent(name, this::create);
        }
        long now = nanos.getAsLong();
        for (Map.Entry<String, HikariDataSource> each : open.entrySet()) {
            String name = each.getKey();
            if (name.startsWith(keyspace + "/") && !names.contains(name) && !released.contains(name)) {
                long since = retired.computeIfAbsent(name, added -> now);
                if (now - since >= settings.drainTime().toNanos() && active(each.getValue()) == 0) {
                    released.add(name);
                } else {
                    names.add(name);
                }
            }
        }
        return new ArrayList<>(names);
    }

    /** Whether time may change what {@link #keep} answers. */
    boolean isDraining() {
        return !retired.isEmpty();
    }

    Map<String, DataSource> all() {
        return new HashMap<>(open);
    }

    /** Closes those that {@link #keep} has let go of at an earlier swap. */
    void closeReleased(Collection<String> stillInUse) {
        released.removeIf(name -> {
            HikariDataSource pool = open.get(name);
            if (pool == null || stillInUse.contains(name) || active(pool) > 0) {
                return pool == null;
            }
            open.remove(name);
            retired.remove(name);
            pool.close();
            LOG.info("the connections to {} are closed", name);
            return true;
        });
    }

    private static int active(HikariDataSource pool) {
        HikariPoolMXBean state = pool.getHikariPoolMXBean();
        return state == null ? 0 : state.getActiveConnections() + state.getThreadsAwaitingConnection();
    }

    private HikariDataSource create(String name) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(urls.apply(name));
        config.setUsername("vitess");
        config.setPassword("");
        config.setMaximumPoolSize(settings.poolSize());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(settings.connectionTimeout().toMillis());
        // the shard may be one that does not serve yet
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    @Override
    public void close() {
        open.values().forEach(HikariDataSource::close);
        open.clear();
    }
}
