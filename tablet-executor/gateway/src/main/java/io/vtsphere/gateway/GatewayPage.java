package io.vtsphere.gateway;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;

/** The bodies of {@code /debug/gateway} and its HTML form: every tablet with its state. Stateless. */
public final class GatewayPage {
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

    private static final List<String> COLUMNS = List.of(
            "Alias",
            "Address",
            "Keyspace",
            "Shard",
            "Type",
            "State",
            "Since",
            "Lag s",
            "In flight",
            "Latency ms",
            "Error");

    private static final String STYLE =
            "body{font-family:sans-serif}table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:2px 8px;"
                    + "text-align:left}.bad{background:#fdd}";

    private GatewayPage() {}

    /** A plain table, one row per tablet, those that do not serve marked. */
    public static String html(List<TabletHealth> tablets) {
        StringBuilder page =
                new StringBuilder("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>Tablets</title>"
                        + "<style>" + STYLE + "</style></head><body><h1>Tablets</h1>\n<table><tr>");
        for (String column : COLUMNS) {
            page.append("<th>").append(column).append("</th>");
        }
        page.append("</tr>\n");
        for (TabletHealth health : tablets) {
            page.append(health.serving() ? "<tr>" : "<tr class=\"bad\">");
            for (Object cell : cells(health)) {
                page.append("<td>").append(escaped(String.valueOf(cell))).append("</td>");
            }
            page.append("</tr>\n");
        }
        return page.append("</table></body></html>\n").toString();
    }

    private static List<Object> cells(TabletHealth health) {
        String error = health.lastError();
        return List.of(
                health.tablet().alias(),
                health.tablet().hostname() + ":" + health.tablet().grpcPort(),
                health.target().keyspace(),
                health.target().shard(),
                health.target().type().lower(),
                health.serving() ? "SERVING" : "NOT_SERVING",
                health.since(),
                health.replicationLagSeconds(),
                health.inFlight(),
                Math.round(health.latencyNanos() / 1e4) / 100.0,
                error == null ? "" : error);
    }

    /** What tablets say is text, whatever they say. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

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
