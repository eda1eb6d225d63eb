package io.vtsphere.gateway;

import io.vitess.proto.Query.RealtimeStats;
import io.vitess.proto.Query.StreamHealthResponse;
import io.vtsphere.topo.Tablet;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.Target;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a tablet last said of itself, or how it was lost.
 *
 * @param heard whether it has spoken since it was last connected to
 * @param error why it does not serve; null when it is well
 * @param since when {@code serving} last changed
 */
record Vitals(
        Target target,
        boolean serving,
        long primaryTermStartTime,
        long replicationLagSeconds,
        double cpuUsage,
        double qps,
        boolean heard,
        @Nullable String error,
        Instant since) {
    /** Nothing but what the topology says. */
    static Vitals unheard(Tablet tablet) {
        return new Vitals(tablet.target(), false, 0, 0, 0, 0, false, null, Instant.now());
    }

    /**
     * What is wrong with a report as such, so that the stream must end; null when nothing is. Source: Vitess' {@code
     * go/vt/discovery/tablet_health_check.go}.
     */
    static @Nullable String fault(StreamHealthResponse report, TabletAlias expected) {
        if (!report.hasTarget() || !report.hasRealtimeStats()) {
            return "health stats is not valid: " + (report.hasTarget() ? "no realtime stats" : "no target");
        }
        if (report.hasTabletAlias()) {
            TabletAlias actual = TabletAlias.of(report.getTabletAlias());
            if (!actual.equals(expected)) {
                return "health stats mismatch, tablet " + expected + " alias does not match response alias " + actual;
            }
        }
        return null;
    }

    Vitals after(StreamHealthResponse report) {
        RealtimeStats stats = report.getRealtimeStats();
        boolean healthy = stats.getHealthError().isEmpty();
        boolean nowServing = report.getServing() && healthy;
        return new Vitals(
                Target.of(report.getTarget()),
                nowServing,
                report.getPrimaryTermStartTimestamp(),
                Integer.toUnsignedLong(stats.getReplicationLagSeconds()),
                stats.getCpuUsage(),
                stats.getQps(),
                true,
                healthy ? null : "vttablet error: " + stats.getHealthError(),
                nowServing == serving ? since : Instant.now());
    }

    /** Whether tables or views have changed. It is said once, to those that listen then. */
    static boolean saysSchemaChanged(StreamHealthResponse report) {
        RealtimeStats stats = report.getRealtimeStats();
        return stats.getTableSchemaChangedCount() > 0 || stats.getViewSchemaChangedCount() > 0;
    }

    /** Whether calls may go there, as far as it goes by the tablet itself. */
    boolean isHealthy() {
        return heard && serving && error == null;
    }

    Vitals lost(String reason) {
        return new Vitals(
                target,
                false,
                primaryTermStartTime,
                replicationLagSeconds,
                cpuUsage,
                qps,
                false,
                reason,
                serving ? Instant.now() : since);
    }
}
