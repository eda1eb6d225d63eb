package io.vtsphere.topo.watch;

import java.util.List;
import java.util.Map;

/**
 * How well the watcher follows the topology. Immutable.
 *
 * @param ready whether there is a snapshot to serve from
 * @param fromDisk whether parts of it come from the snapshot on disk and were not yet read from the topology
 * @param staleNanos for how long the part that is worst off may have been out of date; 0 when everything follows
 * @param troubles what does not follow now, and why
 * @param vschemaFaults what is wrong with the newest VSchema of a keyspace, which is then not in use
 * @param recordFaults what is wrong with a record that cannot be used, so that the one before is; by path
 * @param unknownFields how many fields of the records are unknown to this version, and passed over
 */
public record TopologyStatus(
        boolean ready,
        boolean fromDisk,
        long staleNanos,
        Map<String, String> troubles,
        Map<String, List<String>> vschemaFaults,
        Map<String, String> recordFaults,
        int unknownFields) {
    public TopologyStatus {
        troubles = Map.copyOf(troubles);
        vschemaFaults = Map.copyOf(vschemaFaults);
        recordFaults = Map.copyOf(recordFaults);
    }
}
