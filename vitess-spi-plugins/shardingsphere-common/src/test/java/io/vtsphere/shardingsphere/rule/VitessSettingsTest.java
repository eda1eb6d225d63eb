package io.vtsphere.shardingsphere.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VitessSettingsTest {
    private static final Map<String, Object> LEAST = Map.of(
            "topo-global-server-address", "127.0.0.1:2379",
            "topo-global-root", "/vitess/global",
            "cell", "zone1",
            "cells-to-watch", "zone1");

    @Test
    void of_theLeast_hasTheDefaults() {
        VitessSettings settings = VitessSettings.of(LEAST);
        assertThat(settings.databases())
                .isEqualTo(new DatabaseSettings(
                        50, Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(30)));
        assertThat(settings.gate()).isEqualTo(LEAST);
    }

    @Test
    void of_ourKeys_areTakenOutOfTheGates() {
        Map<String, Object> values = new HashMap<>(LEAST);
        values.put("database-pool-size", 7);
        values.put("database-connection-timeout", "2s");
        values.put("database-drain-time", "0");
        values.put("database-schema-interval", "500ms");
        VitessSettings settings = VitessSettings.of(values);
        assertThat(settings.databases())
                .isEqualTo(new DatabaseSettings(7, Duration.ofSeconds(2), Duration.ZERO, Duration.ofMillis(500)));
        assertThat(settings.gate()).isEqualTo(LEAST);
        assertThat(settings.values()).isEqualTo(values);
    }

    @Test
    void of_wrongOrUnknownKeys_namesThem() {
        refused("database-pool-size", 0, "database-pool-size");
        refused("database-pool-size", "many", "database-pool-size");
        refused("database-connection-timeout", "1ms", "database-connection-timeout");
        refused("database-schema-interval", "0", "database-schema-interval");
        refused("database-pools", 1, "database-pools");
        refused("cell", "", "cell");
    }

    private static void refused(String key, Object value, String named) {
        Map<String, Object> values = new HashMap<>(LEAST);
        values.put(key, value);
        assertThatThrownBy(() -> VitessSettings.of(values))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
    }
}
