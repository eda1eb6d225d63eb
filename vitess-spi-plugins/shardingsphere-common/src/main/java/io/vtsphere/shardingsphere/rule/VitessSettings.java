package io.vtsphere.shardingsphere.rule;

import io.vtsphere.frontend.server.GateServerConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The {@code !VITESS} rule, checked: the gate's keys, which are vtgate's flag names, and those of databases that the topology describes.
 * Immutable.
 *
 * @param values everything as written
 * @param gate the gate's keys as written
 */
public record VitessSettings(Map<String, Object> values, Map<String, Object> gate, DatabaseSettings databases) {
    public VitessSettings {
        values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
        gate = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(gate));
    }

    /**
     * Reads the keys.
     *
     * @throws IllegalArgumentException that names the key which is unknown, missing, wrong or contradicts another
     */
    public static VitessSettings of(Map<String, Object> values) {
        Map<String, Object> gate = new TreeMap<>(values);
        DatabaseSettings databases = DatabaseSettings.taken(gate);
        VitessSettings settings = new VitessSettings(values, gate, databases);
        // users are of interest to the Vitess front end only, which asks for them by itself
        gate.putIfAbsent("users", Map.of("nobody", List.of(Map.of("password", "none"))));
        GateServerConfig.of(gate);
        return settings;
    }

    /**
     * The gate's keys, read.
     *
     * @throws IllegalArgumentException when there are no {@code users}
     */
    public GateServerConfig gateConfig() {
        return GateServerConfig.of(gate);
    }
}
