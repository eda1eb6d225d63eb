package io.vtsphere.topo.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vitess.proto.Topodata;
import io.vitess.proto.Topodata.SrvKeyspace.KeyspacePartition;
import io.vitess.proto.Vschema;
import io.vtsphere.topo.KeyRanges;
import io.vtsphere.topo.Tablet;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.connection.MemoryTopo;
import io.vtsphere.topo.connection.TopoConnection;
import io.vtsphere.topo.server.RecordPaths;
import io.vtsphere.topo.server.Recording;
import io.vtsphere.topo.server.TopoServer;
import io.vtsphere.topo.server.VtctldJson;
import io.vtsphere.vindex.KeyRange;
import io.vtsphere.vindex.VindexRegistry;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Records as Vitess v16 and before wrote them: without what came since, and with what has been taken out of the messages since. */
class OlderLayoutsTest {
    private final MemoryTopo topo = new MemoryTopo();
    private final TopoServer server = TopoServer.open(topo, "", Recording.GLOBAL_ROOT);
    private final TopoConnection cell = topo.connect("", "/vitess/zone1");
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @AfterEach
    void close() {
        server.close();
    }

    /** {@code served_from} = 4 and {@code sharding_column_name} = 2, gone since v17; no throttler configurations. */
    private static final Topodata.SrvKeyspace SRV_KEYSPACE = Topodata.SrvKeyspace.newBuilder()
            .addPartitions(KeyspacePartition.newBuilder()
                    .setServedType(Topodata.TabletType.PRIMARY)
                    .addShardReferences(shard("-80"))
                    .addShardReferences(shard("80-")))
            .setUnknownFields(UnknownFieldSet.newBuilder()
                    .addField(2, text("id"))
                    .addField(
                            4,
                            message(UnknownFieldSet.newBuilder()
                                    .addField(1, Field.newBuilder().addVarint(3).build())
                                    .addField(3, text("elsewhere"))))
                    .build())
            .build();

    /** {@code db_server_version} = 15, gone; MySQL's port among the others as before v2; no start time. */
    private static Topodata.Tablet tablet(int uid) {
        return Topodata.Tablet.newBuilder()
                .setAlias(new TabletAlias("zone1", uid).proto())
                .setHostname("host")
                .putPortMap("grpc", 15_999)
                .putPortMap("vt", 15_000)
                .putPortMap("mysql", 3306)
                .setKeyspace("customer")
                .setShard("-80")
                .setType(Topodata.TabletType.PRIMARY)
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(15, text("5.7.38"))
                        .build())
                .build();
    }

    @Test
    void watchedRecords_areUsed_whatIsGoneSinceIsCounted() {
        server.cells()
                .create(
                        "zone1",
                        Topodata.CellInfo.newBuilder().setRoot("/vitess/zone1").build());
        put(RecordPaths.srvKeyspace("customer"), SRV_KEYSPACE);
        put(RecordPaths.tablet(new TabletAlias("zone1", 200)), tablet(200));
        // no rules, and a column vindex with its column in the old place
        put(
                RecordPaths.SRV_VSCHEMA,
                Vschema.SrvVSchema.newBuilder()
                        .putKeyspaces(
                                "customer",
                                Vschema.Keyspace.newBuilder()
                                        .setSharded(true)
                                        .putVindexes(
                                                "hash",
                                                Vschema.Vindex.newBuilder()
                                                        .setType("hash")
                                                        .build())
                                        .putTables(
                                                "customer",
                                                Vschema.Table.newBuilder()
                                                        .addColumnVindexes(Vschema.ColumnVindex.newBuilder()
                                                                .setColumn("id")
                                                                .setName("hash"))
                                                        .build())
                                        .build())
                        .build());
        try (TopologyWatcher watcher = TopologyWatcher.open(
                TopologyConfig.of("zone1", List.of("zone1")), server, VindexRegistry.load(), metrics)) {
            assertThat(watcher.current()
                            .keyspace("customer")
                            .shards(TabletType.PRIMARY)
                            .allShards())
                    .hasSize(2);
            assertThat(watcher.current()
                            .vschema()
                            .findTable("customer", "customer", TabletType.PRIMARY)
                            .table()
                            .columnVindexes()
                            .get(0)
                            .columns())
                    .containsExactly("id");
            Tablet tablet = watcher.current().tablet(new TabletAlias("zone1", 200));
            assertThat(tablet).isNotNull();
            assertThat(tablet.grpcPort()).isEqualTo(15_999);
            assertThat(tablet.startTime()).isNull();
            assertThat(watcher.status().recordFaults()).isEmpty();
            assertThat(watcher.status().unknownFields()).isEqualTo(3);
            assertThat(metrics.get("topology.unknown.fields").gauge().value()).isEqualTo(3);

            put(
                    RecordPaths.tablet(new TabletAlias("zone1", 200)),
                    tablet(200).toBuilder()
                            .setUnknownFields(UnknownFieldSet.getDefaultInstance())
                            .build());
            await().untilAsserted(
                            () -> assertThat(watcher.status().unknownFields()).isEqualTo(2));
        }
    }

    /** {@code served_froms} = 4 of a keyspace without a sidecar database; {@code served_types} = 3 and {@code cells} = 5 of a shard. */
    @Test
    void globalRecords_areReadAndPrinted_andKeepWhatWeDoNotKnow() {
        TopoConnection global = server.global();
        global.put(
                RecordPaths.keyspace("customer"),
                Topodata.Keyspace.newBuilder()
                        .setUnknownFields(UnknownFieldSet.newBuilder()
                                .addField(
                                        4, message(UnknownFieldSet.newBuilder().addField(3, text("elsewhere"))))
                                .build())
                        .build()
                        .toByteString());
        Topodata.Shard shard = Topodata.Shard.newBuilder()
                .setKeyRange(KeyRanges.proto(KeyRange.parse("-80")))
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(3, message(UnknownFieldSet.newBuilder()))
                        .addField(5, text("zone1"))
                        .build())
                .build();
        global.put(RecordPaths.shard("customer", "-80"), shard.toByteString());

        assertThat(VtctldJson.print(server.keyspaces().get("customer")))
                .contains("\"sidecar_db_name\": \"\"", "\"keyspace_type\": \"NORMAL\"", "\"vtorc_state\": null");
        assertThat(server.shards().get("customer", "-80").getIsPrimaryServing()).isFalse();
        Topodata.Shard serving = server.shards().setPrimaryServing("customer", "-80", true);
        assertThat(serving.getUnknownFields()).isEqualTo(shard.getUnknownFields());
        assertThat(server.shards().get("customer", "-80")).isEqualTo(serving);
    }

    private void put(String path, Message record) {
        cell.put(path, record.toByteString());
    }

    private static Topodata.ShardReference.Builder shard(String name) {
        return Topodata.ShardReference.newBuilder().setName(name).setKeyRange(KeyRanges.proto(KeyRange.parse(name)));
    }

    private static Field text(String text) {
        return Field.newBuilder()
                .addLengthDelimited(ByteString.copyFromUtf8(text))
                .build();
    }

    private static Field message(UnknownFieldSet.Builder fields) {
        return Field.newBuilder()
                .addLengthDelimited(fields.build().toByteString())
                .build();
    }
}
