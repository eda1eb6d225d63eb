package io.vtsphere.topo.watch;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vitess.proto.Topodata;
import io.vitess.proto.Vschema;
import io.vtsphere.topo.KeyRanges;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.VSchemaJson;
import io.vtsphere.topo.connection.MemoryTopo;
import io.vtsphere.topo.connection.TopoConnection;
import io.vtsphere.topo.server.RecordPaths;
import io.vtsphere.topo.server.TopoServer;
import io.vtsphere.vindex.KeyRange;
import io.vtsphere.vindex.VindexRegistry;
import java.util.List;

/** The records of a hundred keyspaces, a thousand shards and ten thousand tablets, and a watcher that follows them. */
record LargeTopology(TopoServer server, TopologyWatcher watcher) implements AutoCloseable {
    static final int KEYSPACES = 100;
    private static final int SHARDS = 10;
    private static final int TABLETS_PER_SHARD = 10;
    static final int TABLETS = KEYSPACES * SHARDS * TABLETS_PER_SHARD;
    static final int TABLES = 50;

    static LargeTopology open() {
        MemoryTopo topo = new MemoryTopo();
        fill(topo);
        TopoServer server = TopoServer.open(topo, "", "/global");
        return new LargeTopology(
                server,
                TopologyWatcher.open(
                        TopologyConfig.of("zone1", List.of("zone1")),
                        server,
                        VindexRegistry.load(),
                        new SimpleMeterRegistry()));
    }

    @Override
    public void close() {
        watcher.close();
        server.close();
    }

    static void fill(MemoryTopo topo) {
        TopoConnection cell = topo.connect("", "/zone1");
        TopoConnection global = topo.connect("", "/global");
        global.put(
                RecordPaths.cellInfo("zone1"),
                Topodata.CellInfo.newBuilder().setRoot("/zone1").build().toByteString());
        cell.put(RecordPaths.SRV_VSCHEMA, vschema().build().toByteString());
        int uid = 0;
        for (int k = 0; k < KEYSPACES; k++) {
            Topodata.SrvKeyspace.KeyspacePartition.Builder partition =
                    Topodata.SrvKeyspace.KeyspacePartition.newBuilder().setServedType(Topodata.TabletType.PRIMARY);
            for (int s = 0; s < SHARDS; s++) {
                String shard = shard(s);
                partition.addShardReferences(Topodata.ShardReference.newBuilder()
                        .setName(shard)
                        .setKeyRange(KeyRanges.proto(KeyRange.parse(shard))));
                for (int t = 0; t < TABLETS_PER_SHARD; t++) {
                    TabletAlias alias = new TabletAlias("zone1", ++uid);
                    Topodata.Tablet tablet = Topodata.Tablet.newBuilder()
                            .setAlias(alias.proto())
                            .setHostname("host")
                            .putPortMap("grpc", 15999)
                            .putPortMap("vt", 15000)
                            .setKeyspace("ks" + k)
                            .setShard(shard)
                            .setType(t == 0 ? Topodata.TabletType.PRIMARY : Topodata.TabletType.REPLICA)
                            .build();
                    cell.put(RecordPaths.tablet(alias), tablet.toByteString());
                }
            }
            cell.put(
                    RecordPaths.srvKeyspace("ks" + k),
                    Topodata.SrvKeyspace.newBuilder()
                            .addPartitions(partition)
                            .build()
                            .toByteString());
        }
    }

    private static String shard(int number) {
        int width = 256 / SHARDS;
        String start = number == 0 ? "" : String.format("%02x", number * width);
        String end = number == SHARDS - 1 ? "" : String.format("%02x", (number + 1) * width);
        return start + "-" + end;
    }

    static Vschema.SrvVSchema.Builder vschema() {
        Vschema.SrvVSchema.Builder vschema = Vschema.SrvVSchema.newBuilder();
        for (int k = 0; k < KEYSPACES; k++) {
            vschema.putKeyspaces("ks" + k, keyspace(TABLES));
        }
        return vschema;
    }

    static Vschema.Keyspace keyspace(int tables) {
        Vschema.Keyspace.Builder keyspace =
                VSchemaJson.parse("{\"sharded\": true, \"vindexes\": {\"hash\": {\"type\": \"hash\"}}}").toBuilder();
        for (int t = 0; t < tables; t++) {
            keyspace.putTables(
                    "table" + t,
                    Vschema.Table.newBuilder()
                            .addColumnVindexes(Vschema.ColumnVindex.newBuilder()
                                    .setColumn("id")
                                    .setName("hash"))
                            .build());
        }
        return keyspace.build();
    }
}
