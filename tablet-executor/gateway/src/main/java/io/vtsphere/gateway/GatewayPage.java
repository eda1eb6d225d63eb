package io.vtsphere.gateway;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;

/** The body of {@code /debug/gateway}: every tablet with its state. Stateless. */
public final class GatewayPage {
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

    private GatewayPage() {}

    /** A JSON array with one object per tablet; {@code last_error} is there only when there is one. Times in UTC, latency in seconds. */
    public static String json(List<TabletHealth> tablets) {
        JsonArray array = new JsonArray();
        for (TabletHealth health : tablets) {
            JsonObject object = new JsonObject();
            object.addProperty("alias", health.tablet().alias().toString());
            object.addProperty(
                    "address",
                    health.tablet().hostname() + ":" + health.tablet().grpcPort());
            object.addProperty("keyspace", health.target().keyspace());
            object.addProperty("shard", health.target().shard());
            object.addProperty("tablet_type", health.target().type().lower());
            object.addProperty("state", health.serving() ? "SERVING" : "NOT_SERVING");
            object.addProperty("connected", health.heard());
            object.addProperty("since", health.since().toString());
            object.addProperty("primary_term_start_time", health.primaryTermStartTime());
            object.addProperty("replication_lag_seconds", health.replicationLagSeconds());
            object.addProperty("cpu_usage", health.cpuUsage());
            object.addProperty("qps", health.qps());
            object.addProperty("in_flight", health.inFlight());
            object.addProperty("latency_seconds", health.latencyNanos() / 1e9);
            if (health.lastError() != null) {
                object.addProperty("last_error", health.lastError());
            }
            array.add(object);
        }
        return GSON.toJson(array) + "\n";
    }
}
