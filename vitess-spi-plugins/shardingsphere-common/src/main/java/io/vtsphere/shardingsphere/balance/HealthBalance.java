package io.vtsphere.shardingsphere.balance;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.vtsphere.gateway.Way;
import io.vtsphere.jdbc.HealthView;
import io.vtsphere.shardingsphere.errors.HostErrors;
import io.vtsphere.topo.TabletType;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@code VITESS_HEALTH}: of several data sources one whose tablets are well, by their load; a primary only when no other is well.
 *
 * <p>Immutable, thread-safe; a choice waits for nothing.
 */
public final class HealthBalance {
    private static final String TYPE = "VITESS_HEALTH";
    private static final String TARGETS = "targets";

    private final Map<String, Way> targets;
    private final ToIntFunction<List<Way>> health;
    private final Map<String, Counter> choices = new TreeMap<>();

    /** @param health which of several ways is best now, or -1 */
    HealthBalance(Map<String, Way> targets, ToIntFunction<List<Way>> health) {
        this.targets = Map.copyOf(targets);
        this.health = health;
        for (String dataSource : targets.keySet()) {
            choices.put(
                    dataSource,
                    Counter.builder("vtsphere.load.balancer.choices")
                            .description("Reads that VITESS_HEALTH sent to a data source")
                            .tag("data_source", dataSource)
                            .register(Metrics.globalRegistry));
        }
    }

    /**
     * What the {@code props} of a load balancer describe: {@code targets}, and keys of the {@code !VITESS} rule that say where the topology is.
     * Blocks until it is read, unless data sources with the same keys have begun to follow it.
     *
     * @throws IllegalArgumentException that names the key which is missing, unknown or wrong, or says why the topology does not answer
     */
    public static HealthBalance of(Properties props) {
        Map<String, String> keys = new TreeMap<>();
        props.forEach((key, value) -> keys.put(String.valueOf(key), String.valueOf(value)));
        String targets = keys.remove(TARGETS);
        try {
            Map<String, Way> ways = targets(targets == null ? "" : targets);
            return new HealthBalance(ways, HealthView.open(keys)::choose);
        } catch (SQLException e) {
            throw new IllegalArgumentException("props of load balancer " + TYPE + ": " + e.getMessage(), e);
        }
    }

    /** Reads {@code <data source>=<keyspace>/<shard>@<type>|<alias>, …}. */
    static Map<String, Way> targets(String text) throws SQLException {
        Map<String, Way> targets = new LinkedHashMap<>();
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("props of load balancer " + TYPE + ": " + TARGETS
                        + " must be <data source>=<keyspace>/<shard>@<type>, more with commas: '" + text + "'");
            }
            String dataSource = part.substring(0, equals).strip();
            if (targets.put(
                            dataSource,
                            HealthView.way(part.substring(equals + 1).strip()))
                    != null) {
                throw new IllegalArgumentException(
                        "props of load balancer " + TYPE + ": " + TARGETS + " has " + dataSource + " twice");
            }
        }
        return targets;
    }

    /**
     * Refuses data sources that {@code targets} does not have.
     *
     * @throws IllegalArgumentException that names the first of them
     */
    public void check(Collection<String> dataSources) {
        for (String dataSource : dataSources) {
            if (!targets.containsKey(dataSource)) {
                throw new IllegalArgumentException(unknown(dataSource));
            }
        }
    }

    /**
     * The data source for a read.
     *
     * @param available in any order
     * @param otherwise where to read when none of them is well; null for nowhere
     * @throws SQLException unchecked, when there is none
     */
    public String choose(List<String> available, @Nullable String otherwise) {
        String chosen = choose(available, false);
        if (chosen == null) {
            chosen = choose(available, true);
        }
        if (chosen == null) {
            chosen = otherwise;
        }
        if (chosen == null) {
            throw HostErrors.asSqlException(VtException.of(
                    Code.UNAVAILABLE, TYPE + ": no healthy tablet available behind the data sources " + available));
        }
        Counter counter = choices.get(chosen);
        if (counter != null) {
            counter.increment();
        }
        return chosen;
    }

    private @Nullable String choose(List<String> available, boolean primaries) {
        List<String> names = new ArrayList<>(available.size());
        List<Way> ways = new ArrayList<>(available.size());
        for (String name : available) {
            Way way = targets.get(name);
            if (way == null) {
                throw HostErrors.asSqlException(VtException.of(Code.INVALID_ARGUMENT, unknown(name)));
            }
            if ((way.target().type() == TabletType.PRIMARY) == primaries) {
                names.add(name);
                ways.add(way);
            }
        }
        int best = ways.isEmpty() ? -1 : health.applyAsInt(ways);
        return best < 0 ? null : names.get(best);
    }

    private String unknown(String dataSource) {
        return TYPE + ": data source " + dataSource + " is not among the " + TARGETS + " "
                + targets.keySet().stream().sorted().toList();
    }
}
