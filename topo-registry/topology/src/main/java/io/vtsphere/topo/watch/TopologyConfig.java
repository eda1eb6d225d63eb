package io.vtsphere.topo.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of the topology to follow, and how. Immutable.
 *
 * @param cell whose serving graph and VSchemas are used ({@code --cell})
 * @param cellsToWatch whose tablets are used ({@code --cells-to-watch}), at least one; names of cells, not of aliases
 * @param snapshotFile where the last snapshot is kept; null for nowhere
 * @param startTimeout for the first load, before the start policy decides
 * @param retryInterval between attempts to restore a lost watch ({@code --srv-topo-cache-refresh})
 * @param silenceLimit after which a watch without a sign of life counts as lost
 * @param auditInterval between full reads that check what the watches told ({@code --tablet-refresh-interval})
 * @param filter what of it is used
 */
public record TopologyConfig(
        String cell,
        List<String> cellsToWatch,
        StartPolicy startPolicy,
        @Nullable Path snapshotFile,
        Duration startTimeout,
        Duration retryInterval,
        Duration silenceLimit,
        Duration auditInterval,
        TopologyFilter filter) {
    public TopologyConfig {
        cellsToWatch = List.copyOf(new LinkedHashSet<>(cellsToWatch));
        if (cell.isEmpty()) {
            throw new IllegalArgumentException("cell must be set");
        }
        if (cellsToWatch.isEmpty()) {
            throw new IllegalArgumentException("cells_to_watch validation failed: cells_to_watch flag cannot be empty");
        }
        if (startPolicy == StartPolicy.SNAPSHOT && snapshotFile == null) {
            throw new IllegalArgumentException("topo-start-policy is snapshot, but topo-snapshot-file is not set");
        }
    }

    /** Vitess' intervals, policy FAIL, no snapshot file. */
    public static TopologyConfig of(String cell, List<String> cellsToWatch) {
        return new TopologyConfig(
                cell,
                cellsToWatch,
                StartPolicy.FAIL,
                null,
                Duration.ofSeconds(15),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofMinutes(1),
                TopologyFilter.none());
    }

    public TopologyConfig withStart(StartPolicy policy, @Nullable Path file, Duration timeout) {
        return new TopologyConfig(
                cell, cellsToWatch, policy, file, timeout, retryInterval, silenceLimit, auditInterval, filter);
    }

    public TopologyConfig withIntervals(Duration retry, Duration silence, Duration audit) {
        return new TopologyConfig(
                cell, cellsToWatch, startPolicy, snapshotFile, startTimeout, retry, silence, audit, filter);
    }

    public TopologyConfig withFilter(TopologyFilter selected) {
        return new TopologyConfig(
                cell,
                cellsToWatch,
                startPolicy,
                snapshotFile,
                startTimeout,
                retryInterval,
                silenceLimit,
                auditInterval,
                selected);
    }
}
