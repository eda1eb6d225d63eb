package io.vtsphere.gateway;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Which serving replicas are fresh enough: all up to the low lag, and at least a minimum number of the freshest up to the high lag.
 *
 * <p>Source: Vitess' {@code go/vt/discovery/replicationlag.go}.
 *
 * @param lowSeconds up to here every replica is good
 * @param highSeconds above here none is
 * @param minimum so many are kept even if they lag, between the two
 */
record LagFilter(long lowSeconds, long highSeconds, int minimum) {
    static LagFilter of(GatewayConfig config) {
        return new LagFilter(
                config.lowReplicationLag().toSeconds(),
                config.highReplicationLag().toSeconds(),
                config.minServingTablets());
    }

    /** The ones that are fresh enough, freshest first; equal ones in the order given. */
    <T> List<T> keep(List<T> serving, ToLongFunction<T> lagSeconds) {
        List<T> sorted = new ArrayList<>(serving);
        sorted.removeIf(tablet -> lagSeconds.applyAsLong(tablet) > highSeconds);
        sorted.sort(Comparator.comparingLong(lagSeconds));
        List<T> kept = new ArrayList<>(sorted.size());
        for (T tablet : sorted) {
            if (kept.size() < minimum || lagSeconds.applyAsLong(tablet) <= lowSeconds) {
                kept.add(tablet);
            }
        }
        return kept;
    }
}
