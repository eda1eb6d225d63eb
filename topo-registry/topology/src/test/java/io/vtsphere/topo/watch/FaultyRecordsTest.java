package io.vtsphere.topo.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vitess.proto.Topodata;
import io.vitess.proto.Vschema;
import io.vtsphere.topo.ServingState;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.connection.MemoryTopo;
import io.vtsphere.topo.connection.TopoConnection;
import io.vtsphere.topo.server.RecordPaths;
import io.vtsphere.topo.server.Recording;
import io.vtsphere.topo.server.TopoServer;
import io.vtsphere.vindex.Vindex;
import io.vtsphere.vindex.VindexFactory;
import io.vtsphere.vindex.VindexRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Records that are garbage, belong elsewhere or come from the future do no harm, and are told of. */
class FaultyRecordsTest {
    private static final ByteString GARBAGE = ByteString.copyFromUtf8("\u0007 no message");

    private final MemoryTopo topo =
            Recording.load("etcd-commerce-customer.json").toMemory();
    private final TopoServer server = TopoServer.open(topo, "", Recording.GLOBAL_ROOT);
    private final TopoConnection cell = topo.connect("", "/vitess/zone1");
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final TopologyWatcher watcher = TopologyWatcher.open(
            TopologyConfig.of("zone1", List.of("zone1")),
            server,
            VindexRegistry.with(List.of(new Exploding())),
            metrics);

    @AfterEach
    void close() {
        watcher.close();
        server.close();
    }

    @Test
    void garbage_theRecordBeforeStaysInUse_untilAGoodOneComes() {
        ServingState before = watcher.current();
        String tablet = RecordPaths.tablet(new TabletAlias("zone1", 200));
        ByteString good = cell.get(RecordPaths.SRV_VSCHEMA).contents();
        ByteString goodTablet = cell.get(tablet).contents();
        cell.put(RecordPaths.SRV_VSCHEMA, GARBAGE);
        cell.put(RecordPaths.srvKeyspace("customer"), GARBAGE);
        cell.put(tablet, GARBAGE);
        await().untilAsserted(() -> assertThat(watcher.status().recordFaults())
                .containsOnlyKeys(RecordPaths.SRV_VSCHEMA, RecordPaths.srvKeyspace("customer"), tablet));
        assertThat(watcher.current().keyspace("customer")).isSameAs(before.keyspace("customer"));
        assertThat(watcher.current().tablets()).isEqualTo(before.tablets());
        assertThat(metrics.get("topology.record.faults").gauge().value()).isEqualTo(3);
        assertThat(metrics.get("topology.watcher.errors")
                        .tag("operation", "ReadRecord")
                        .counter()
                        .count())
                .isEqualTo(3);

        cell.put(RecordPaths.SRV_VSCHEMA, good);
        cell.put(tablet, goodTablet);
        cell.delete(RecordPaths.srvKeyspace("customer"));
        await().untilAsserted(() -> assertThat(watcher.status().recordFaults()).isEmpty());
        assertThat(watcher.current().servedKeyspaces()).containsExactly("commerce");
    }

    @Test
    void tabletRecordUnderAnotherName_isNotUsed() {
        String elsewhere = RecordPaths.tablet(new TabletAlias("zone1", 999));
        cell.put(
                elsewhere,
                cell.get(RecordPaths.tablet(new TabletAlias("zone1", 200))).contents());
        await().untilAsserted(() -> assertThat(watcher.status().recordFaults())
                .isEqualTo(Map.of(elsewhere, "the record is that of tablets/zone1-0000000200/Tablet")));
        assertThat(watcher.current().tablets()).hasSize(3);
    }

    @Test
    void fieldsOfALaterVersion_arePassedOverAndCounted() throws Exception {
        String path = RecordPaths.srvKeyspace("customer");
        UnknownFieldSet later = UnknownFieldSet.newBuilder()
                .addField(99, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                .build();
        Topodata.SrvKeyspace.Builder record = Topodata.SrvKeyspace.parseFrom(
                        cell.get(path).contents())
                .toBuilder()
                .setUnknownFields(later);
        record.getPartitionsBuilder(0).setUnknownFields(later);
        cell.put(path, record.build().toByteString());
        await().untilAsserted(() -> assertThat(watcher.status().unknownFields()).isEqualTo(2));
        assertThat(watcher.current()
                        .keyspace("customer")
                        .shards(TabletType.PRIMARY)
                        .allShards())
                .hasSize(2);
    }

    @Test
    void sameVSchemaWrittenAgain_plansStayValid() throws Exception {
        long epoch = watcher.current().epoch();
        Vschema.SrvVSchema record =
                Vschema.SrvVSchema.parseFrom(cell.get(RecordPaths.SRV_VSCHEMA).contents());
        List<String> names = new ArrayList<>(record.getKeyspacesMap().keySet());
        java.util.Collections.reverse(names);
        Vschema.SrvVSchema.Builder reordered = record.toBuilder().clearKeyspaces();
        names.forEach(name -> reordered.putKeyspaces(name, record.getKeyspacesOrThrow(name)));
        cell.put(RecordPaths.SRV_VSCHEMA, reordered.build().toByteString());
        server.tablets().delete(new TabletAlias("zone1", 300), true);
        await().untilAsserted(() -> assertThat(watcher.current().tablets()).hasSize(2));
        assertThat(watcher.current().epoch()).isEqualTo(epoch);
    }

    @Test
    void vindexTypeThatThrows_costsItsKeyspaceOnly() {
        server.keyspaces().create("boom", "none");
        cell.put(
                RecordPaths.SRV_VSCHEMA,
                Vschema.SrvVSchema.newBuilder()
                        .putKeyspaces("commerce", server.vschemas().get("commerce"))
                        .putKeyspaces(
                                "boom",
                                Vschema.Keyspace.newBuilder()
                                        .setSharded(true)
                                        .putVindexes(
                                                "v",
                                                Vschema.Vindex.newBuilder()
                                                        .setType("exploding")
                                                        .build())
                                        .build())
                        .build()
                        .toByteString());
        await().untilAsserted(() -> assertThat(watcher.status().vschemaFaults()).containsOnlyKeys("boom"));
        assertThat(watcher.status().vschemaFaults().get("boom"))
                .containsExactly("vindex v of type exploding: java.lang.IllegalStateException: bang");
        assertThat(watcher.current().keyspaces()).containsOnlyKeys("boom", "commerce");
    }

    @Test
    void page_tellsOfFaultsAndHoles() {
        cell.put(RecordPaths.SRV_VSCHEMA, GARBAGE);
        cell.put(
                RecordPaths.srvKeyspace("customer"),
                Topodata.SrvKeyspace.newBuilder()
                        .addPartitions(Topodata.SrvKeyspace.KeyspacePartition.newBuilder()
                                .setServedType(Topodata.TabletType.PRIMARY)
                                .addShardReferences(Topodata.ShardReference.newBuilder()
                                        .setName("80-")
                                        .setKeyRange(Topodata.KeyRange.newBuilder()
                                                .setStart(ByteString.copyFrom(new byte[] {(byte) 0x80})))))
                        .build()
                        .toByteString());
        await().untilAsserted(() -> {
            JsonObject page = JsonParser.parseString(TopologyPage.json(watcher)).getAsJsonObject();
            assertThat(page.getAsJsonObject("record_faults").has(RecordPaths.SRV_VSCHEMA))
                    .isTrue();
            assertThat(page.get("stale_seconds").getAsDouble()).isZero();
            JsonObject shards = page.getAsJsonObject("keyspaces")
                    .getAsJsonObject("customer")
                    .getAsJsonObject("shards");
            assertThat(shards.keySet()).containsExactly("primary");
            assertThat(shards.getAsJsonObject("primary").get("fault").getAsString())
                    .contains("80-");
        });
    }

    @Test
    void unreadableFilesBesides_areNotLookedAt() {
        cell.put("keyspaces/customer/shards/-80/ShardReplication", GARBAGE);
        cell.put("tablets/locks/1", GARBAGE);
        cell.put(
                RecordPaths.srvKeyspace("late"),
                Topodata.SrvKeyspace.getDefaultInstance().toByteString());
        await().untilAsserted(() ->
                assertThat(watcher.current().servedKeyspaces()).containsExactly("commerce", "customer", "late"));
        assertThat(watcher.status().recordFaults()).isEmpty();
    }

    private static final class Exploding implements VindexFactory {
        @Override
        public String type() {
            return "exploding";
        }

        @Override
        public Vindex create(String name, Map<String, String> params, VindexRegistry registry) {
            throw new IllegalStateException("bang");
        }
    }
}
