package io.vtsphere.gateway;

import io.vtsphere.topo.Tablet;
import io.vtsphere.topo.Target;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway knows of one tablet at one moment.
 *
 * @param tablet its topology record
 * @param target what it says it serves; until it has spoken, what the topology says
 * @param serving whether it takes queries; false while it cannot be reached
 * @param primaryTermStartTime since when it is primary, seconds since the epoch; 0 unless it is one
 * @param replicationLagSeconds how far it is behind its primary
 * @param cpuUsage between 0 and 1, 0 if the tablet does not tell
 * @param qps queries per second by its own count
 * @param lastError why it is not serving; null when it is well
 * @param heard whether it has spoken since it was last connected to
 * @param since when {@code serving} last changed
 * @param inFlight calls of this gateway that it has not answered
 * @param latencyNanos decaying mean of its answer times, 0 before the first
 */
public record TabletHealth(
        Tablet tablet,
        Target target,
        boolean serving,
        long primaryTermStartTime,
        long replicationLagSeconds,
        double cpuUsage,
        double qps,
        @Nullable String lastError,
        boolean heard,
        Instant since,
        int inFlight,
        long latencyNanos) {}
