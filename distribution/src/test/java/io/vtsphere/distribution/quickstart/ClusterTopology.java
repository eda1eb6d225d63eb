package io.vtsphere.distribution.quickstart;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Message;
import io.vitess.proto.Topodata;
import io.vitess.proto.Vschema;
import io.vtsphere.distribution.quickstart.RunningCluster.Cluster;
import io.vtsphere.topo.connection.EtcdConfig;
import io.vtsphere.topo.connection.EtcdTopo;
import io.vtsphere.topo.connection.TopoConnection;
import io.vtsphere.topo.server.RecordPaths;
import io.vtsphere.topo.server.TopoServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** The topology of the tests' cluster, to be changed behind the gate's back, and what the gate says about it. Confined to one thread. */
final class ClusterTopology implements AutoCloseable {
    private final EtcdTopo etcd = new EtcdTopo(EtcdConfig.defaults());
    private final HttpClient http = HttpClient.newHttpClient();
    private final Cluster cluster;
    private final TopoServer server;

    ClusterTopology(Cluster cluster) {
        this.cluster = cluster;
        this.server = TopoServer.open(etcd, cluster.settings().topologyAddress(), CommerceTopology.GLOBAL_ROOT);
    }

    TopoServer server() {
        return server;
    }

    TopoConnection cell() {
        return server.cells().connection(TabletSpec.CELL);
    }

    /** Writes a record of the cell as it is, checked by nobody. */
    void put(String path, Message record) {
        cell().put(path, record.toByteString());
    }

    Vschema.SrvVSchema srvVSchema() {
        Vschema.SrvVSchema record = server.vschemas().findSrvVSchema(TabletSpec.CELL);
        if (record == null) {
            throw new IllegalStateException("the cell has no SrvVSchema");
        }
        return record;
    }

    void putVSchema(String keyspace, Vschema.Keyspace vschema) {
        put(
                RecordPaths.SRV_VSCHEMA,
                srvVSchema().toBuilder().putKeyspaces(keyspace, vschema).build());
    }

    Topodata.SrvKeyspace srvKeyspace(String keyspace) {
        Topodata.SrvKeyspace record = server.servingGraph().find(TabletSpec.CELL, keyspace);
        if (record == null) {
            throw new IllegalStateException("the cell does not serve " + keyspace);
        }
        return record;
    }

    /** The gate's {@code /debug/topology}. */
    JsonObject page() {
        return JsonParser.parseString(get("/debug/topology")).getAsJsonObject();
    }

    /** The value of one of the gate's metrics without labels. */
    double metric(String name) {
        return get("/metrics")
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no metric " + name));
    }

    private String get(String path) {
        URI uri = URI.create("http://127.0.0.1:" + cluster.settings().gateHttpPort() + path);
        try {
            return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
        etcd.close();
    }
}
