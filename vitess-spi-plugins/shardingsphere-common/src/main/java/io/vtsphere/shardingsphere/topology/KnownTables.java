package io.vtsphere.shardingsphere.topology;

import io.vtsphere.shardingsphere.topology.RoutingPlan.Column;
import io.vtsphere.topo.KeyspaceState;
import io.vtsphere.topo.KeyspaceVSchema;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables that keyspaces' MySQLs have, as far as they could be asked. Read again when the VSchema changes, from time to time, and soon when
 * something is missing. Confined to one thread.
 */
final class KnownTables {
    private static final Logger LOG = LoggerFactory.getLogger(KnownTables.class);
    /** After a failure, or while the VSchema names a table that MySQL has not. */
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final TableReader reader;
    private final Duration interval;
    private final LongSupplier nanos;
    private final Map<String, Known> keyspaces = new HashMap<>();
    private long generation;

    /** @param columns null while they could never be read */
    private record Known(
            KeyspaceVSchema vschema,
            @Nullable Map<String, List<Column>> columns,
            long due,
            @Nullable String trouble) {}

    KnownTables(TableReader reader, Duration interval, LongSupplier nanos) {
        this.reader = reader;
        this.interval = interval;
        this.nanos = nanos;
    }

    /** Larger when any answer may have become another one. */
    long generation() {
        return generation;
    }

    /** What is known; null when nothing is. */
    @Nullable
    Map<String, List<Column>> of(String keyspace) {
        Known known = keyspaces.get(keyspace);
        return known == null ? null : known.columns();
    }

    /** To be read again at once. */
    void forget(String keyspace) {
        Known known = keyspaces.get(keyspace);
        if (known != null) {
            keyspaces.put(
                    keyspace, new Known(known.vschema(), known.columns(), nanos.getAsLong() - 1, known.trouble()));
        }
    }

    void retain(Set<String> names) {
        keyspaces.keySet().retainAll(names);
    }

    /**
     * Reads what is due.
     *
     * @param shard that serves
     * @param wait how long for a tablet
     */
    void refresh(KeyspaceState keyspace, String shard, Duration wait) {
        Known known = keyspaces.get(keyspace.name());
        if (known != null && known.vschema() == keyspace.vschema() && nanos.getAsLong() - known.due() < 0) {
            return;
        }
        Map<String, List<Column>> columns = known == null ? null : known.columns();
        String trouble = null;
        try {
            columns = reader.read(keyspace.name(), shard, wait);
        } catch (SQLException e) {
            trouble = String.valueOf(e.getMessage());
            if (known == null || !trouble.equals(known.trouble())) {
                LOG.warn(
                        "the tables of keyspace {} cannot be read from shard {}, {}: {}",
                        keyspace.name(),
                        shard,
                        columns == null ? "none are known" : "those of before stay",
                        trouble);
            }
        }
        boolean missing = columns == null
                || !columns.keySet().containsAll(keyspace.vschema().tables().keySet());
        Duration next = (trouble != null || missing) && RETRY.compareTo(interval) < 0 ? RETRY : interval;
        if (known == null || !Objects.equals(known.columns(), columns)) {
            generation++;
        }
        keyspaces.put(
                keyspace.name(), new Known(keyspace.vschema(), columns, nanos.getAsLong() + next.toNanos(), trouble));
    }
}
