package io.vtsphere.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GatewayPageTest {
    @Test
    void everyTabletIsListed_withItsError() {
        try (Bench bench = new Bench(Map.of())) {
            FakeTablet primary = bench.tablet("zone1-100", Bench.PRIMARY);
            FakeTablet replica = bench.tablet("zone1-101", Bench.REPLICA);
            bench.publish(primary, replica);
            replica.report(health -> health.getRealtimeStatsBuilder()
                    .setHealthError("\"broken\"")
                    .setReplicationLagSeconds(7));
            await().until(() -> bench.health(replica).lastError() != null);
            JsonArray page = JsonParser.parseString(GatewayPage.json(bench.gateway.tablets()))
                    .getAsJsonArray();
            assertThat(page).hasSize(2);
            JsonObject first = page.get(0).getAsJsonObject();
            assertThat(first.get("alias").getAsString()).isEqualTo("zone1-0000000100");
            assertThat(first.get("address").getAsString()).isEqualTo("127.0.0.1:" + primary.port());
            assertThat(first.get("tablet_type").getAsString()).isEqualTo("primary");
            assertThat(first.get("state").getAsString()).isEqualTo("SERVING");
            assertThat(first.get("primary_term_start_time").getAsLong()).isEqualTo(1000);
            assertThat(first.has("last_error")).isFalse();
            JsonObject second = page.get(1).getAsJsonObject();
            assertThat(second.get("state").getAsString()).isEqualTo("NOT_SERVING");
            assertThat(second.get("replication_lag_seconds").getAsLong()).isEqualTo(7);
            assertThat(second.get("last_error").getAsString()).isEqualTo("vttablet error: \"broken\"");
            assertThat(GatewayPage.html(bench.gateway.tablets()))
                    .contains("<tr><td>zone1-0000000100</td>")
                    .contains("<tr class=\"bad\"><td>zone1-0000000101</td>")
                    .contains("vttablet error: &quot;broken&quot;");
        }
    }
}
