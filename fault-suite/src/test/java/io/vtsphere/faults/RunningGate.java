package io.vtsphere.faults;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.vtsphere.frontend.server.GateServer;
import io.vtsphere.frontend.server.GateServerConfig;
import io.vtsphere.testcluster.TestCluster;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** A gate with MySQL's protocol before a cluster, and with its operator's pages. It does not buffer. */
final class RunningGate implements AutoCloseable {
    private final GateServer server;

    RunningGate(FaultCluster cluster) throws Exception {
        server = GateServer.open(
                GateServerConfig.of(Map.of(
                        "cell",
                        "zone1",
                        "cells-to-watch",
                        List.of("zone1"),
                        "topo-global-server-address",
                        cluster.etcd(),
                        "topo-global-root",
                        TestCluster.ROOT,
                        "mysql-server-bind-address",
                        "127.0.0.1",
                        "bind-address",
                        "127.0.0.1",
                        "tablet-types-to-wait",
                        List.of("primary"),
                        "users",
                        Map.of("app", Map.of("password", "secret")))),
                0);
    }

    /** Connector/J as it comes, at a target such as {@code ks@primary}. */
    Connection connect(String target) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mysql://127.0.0.1:" + server.mysqlPort() + "/" + target + "?sslMode=DISABLED", "app", "secret");
    }

    String page(String path) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.opsPort() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + ": " + answer.statusCode());
        }
        return answer.body();
    }

    /** What {@code /debug/gateway} says of a node. */
    JsonObject tablet(TabletNode node) throws Exception {
        for (JsonElement tablet : JsonParser.parseString(page("/debug/gateway")).getAsJsonArray()) {
            JsonObject fields = tablet.getAsJsonObject();
            if (fields.get("alias").getAsString().equals(node.alias().toString())) {
                return fields;
            }
        }
        throw new IllegalStateException("no tablet " + node.alias());
    }

    @Override
    public void close() {
        server.close();
    }
}
