package io.vtsphere.shardingsphere.rule;

import io.vtsphere.frontend.server.GateServerConfig;
import io.vtsphere.keys.Keys;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The {@code !VITESS} rule, checked: the gate's keys, which are vtgate's flag names, and those of databases that the topology describes.
 * Immutable.
 *
 * @param values everything as written
 * @param gate the gate's keys as written; empty in a rule that is there for the guard alone
 * @param guard {@code guard}: whether statements that the host would answer wrong over several shards are refused
 */
public record VitessSettings(
        Map<String, Object> values, Map<String, Object> gate, DatabaseSettings databases, boolean guard) {
    private static final String GUARD = "guard";
    private static final Set<String> METRICS = Set.of("port", "bind-address");

    public VitessSettings {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        gate = Collections.unmodifiableMap(new LinkedHashMap<>(gate));
    }

    /**
     * Reads the keys.
     *
     * @throws IllegalArgumentException that names the key which is unknown, missing, wrong or contradicts another
     */
    public static VitessSettings of(Map<String, Object> values) {
        Map<String, Object> gate = new TreeMap<>(values);
        boolean guard = guard(gate);
        if (METRICS.containsAll(gate.keySet()) && values.containsKey("port")) {
            // a rule without a topology
            gate.clear();
            return new VitessSettings(values, gate, DatabaseSettings.taken(gate), guard);
        }
        DatabaseSettings databases = DatabaseSettings.taken(gate);
        VitessSettings settings = new VitessSettings(values, gate, databases, guard);
        if (gate.isEmpty() && values.containsKey(GUARD)) {
            return settings;
        }
        // users are of interest to the Vitess front end only, which asks for them by itself
        gate.putIfAbsent("users", Map.of("nobody", List.of(Map.of("password", "none"))));
        GateServerConfig.of(gate);
        return settings;
    }

    private static boolean guard(Map<String, Object> all) {
        return !all.containsKey(GUARD)
                || new Keys(Collections.singletonMap(GUARD, all.remove(GUARD))).flag(GUARD, true);
    }

    /** Whether the rule names a topology. */
    public boolean topology() {
        return !gate.isEmpty();
    }

    /**
     * The gate's keys, read.
     *
     * @throws IllegalArgumentException when there are no {@code users}
     */
    public GateServerConfig gateConfig() {
        return GateServerConfig.of(gate);
    }

    /** Whether it names no topology, but the port of metrics alone. */
    public boolean metricsOnly() {
        return METRICS.containsAll(values.keySet());
    }
}
