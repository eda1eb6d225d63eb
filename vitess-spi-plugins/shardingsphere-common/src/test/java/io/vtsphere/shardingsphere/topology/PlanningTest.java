package io.vtsphere.shardingsphere.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.vitess.proto.Topodata;
import io.vitess.proto.Vschema;
import io.vtsphere.shardingsphere.topology.RoutingPlan.Column;
import io.vtsphere.shardingsphere.topology.RoutingPlan.Database;
import io.vtsphere.shardingsphere.topology.RoutingPlan.Kind;
import io.vtsphere.shardingsphere.topology.RoutingPlan.Table;
import io.vtsphere.topo.ServingState;
import io.vtsphere.vindex.KeyRange;
import io.vtsphere.vindex.VindexRegistry;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PlanningTest {
    private static final Column ID =
            new Column("Customer_ID", Types.BIGINT, "bigint unsigned", true, false, true, true, false);

    private Planning planning = new Planning(ServingState.empty(), (keyspace, shard) -> "");

    private static Vschema.Table sharded(String vindex) {
        return Vschema.Table.newBuilder()
                .addColumnVindexes(Vschema.ColumnVindex.newBuilder()
                        .setColumn("customer_id")
                        .setName(vindex))
                .setAutoIncrement(Vschema.AutoIncrement.newBuilder()
                        .setColumn("customer_id")
                        .setSequence("customer_seq"))
                .build();
    }

    private static Vschema.Keyspace.Builder customer() {
        return Vschema.Keyspace.newBuilder()
                .setSharded(true)
                .putVindexes(
                        "x",
                        Vschema.Vindex.newBuilder()
                                .setType("xxhash")
                                .putParams("no_parameter_of_it", "1")
                                .build())
                .putTables("customer", sharded("x"))
                .putTables(
                        "region",
                        Vschema.Table.newBuilder().setType("reference").build())
                .putTables("setting", Vschema.Table.newBuilder().setPinned("80").build());
    }

    private static Topodata.SrvKeyspace serving(String... shards) {
        Topodata.SrvKeyspace.KeyspacePartition.Builder partition =
                Topodata.SrvKeyspace.KeyspacePartition.newBuilder().setServedType(Topodata.TabletType.PRIMARY);
        for (String shard : shards) {
            Topodata.ShardReference.Builder reference =
                    Topodata.ShardReference.newBuilder().setName(shard);
            if (shard.contains("-")) {
                KeyRange range = KeyRange.parse(shard);
                reference.setKeyRange(Topodata.KeyRange.newBuilder()
                        .setStart(ByteString.copyFrom(range.start()))
                        .setEnd(ByteString.copyFrom(range.end())));
            }
            partition.addShardReferences(reference);
        }
        return Topodata.SrvKeyspace.newBuilder().addPartitions(partition).build();
    }

    private static Topodata.Tablet primary(String shard, int uid) {
        return Topodata.Tablet.newBuilder()
                .setAlias(Topodata.TabletAlias.newBuilder().setCell("zone1").setUid(uid))
                .setKeyspace("customer")
                .setShard(shard)
                .setType(Topodata.TabletType.PRIMARY)
                .build();
    }

    private Database plan(String name, Vschema.Keyspace.Builder customer, Map<String, List<Column>> columns) {
        return plan(name, Vschema.SrvVSchema.newBuilder().putKeyspaces("customer", customer.build()), columns);
    }

    private Database plan(String name, Vschema.SrvVSchema.Builder vschema, Map<String, List<Column>> columns) {
        ServingState state = ServingState.of(
                vschema.putKeyspaces(
                                "commerce",
                                Vschema.Keyspace.newBuilder()
                                        .putTables(
                                                "customer_seq",
                                                Vschema.Table.newBuilder()
                                                        .setType("sequence")
                                                        .build())
                                        .build())
                        .build(),
                Map.of("customer", serving("-80", "80-"), "commerce", serving("0")),
                List.of(primary("-80", 1), primary("80-", 2), primary("80-c0", 3)),
                VindexRegistry.load());
        planning = new Planning(state, (keyspace, shard) -> "to " + keyspace + " " + shard);
        return Objects.requireNonNull(planning.database(state.keyspace(name), columns));
    }

    private static Table table(Database database, String name) {
        return database.tables().stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shardedKeyspace_hasEveryKindOfTable() {
        Database database = plan("customer", customer(), Map.of("customer", List.of(ID)));
        assertThat(database.serving()).containsExactly("customer/-80", "customer/80-");
        assertThat(database.dataSources()).containsExactly("customer/-80", "customer/80-", "customer/80-c0");
        Table customer = table(database, "customer");
        assertThat(customer.kind()).isEqualTo(Kind.SHARDED);
        assertThat(Objects.requireNonNull(customer.algorithm()).props())
                .containsEntry("vindex", "xxhash")
                .containsEntry("shards", "customer/-80=-80,customer/80-=80-")
                .containsEntry("columns", "customer_id")
                .containsEntry("column-types", "bigint unsigned")
                .doesNotContainKey("no_parameter_of_it");
        assertThat(Objects.requireNonNull(customer.sequence()).generator().props())
                .containsEntry("url", "to commerce 0")
                .containsEntry("sequence", "customer_seq");
        assertThat(customer.isGenerated(ID)).isTrue();
        assertThat(table(database, "region").kind()).isEqualTo(Kind.REFERENCE);
        assertThat(table(database, "setting").pinnedTo()).isEqualTo("customer/80-");
        assertThat(planning.warnings()).isEmpty();
    }

    @Test
    void unknownColumns_leaveTheirTypesToTheVindex() {
        Table customer = table(plan("customer", customer(), Map.of()), "customer");
        assertThat(Objects.requireNonNull(customer.algorithm()).props()).doesNotContainKey("column-types");
        assertThat(customer.columns()).isEmpty();
    }

    @Test
    void unsharded_hasWhatMySqlHas() {
        Database database = plan("commerce", customer(), Map.of("product", List.of(ID), "a.b", List.of(ID)));
        assertThat(database.tables()).extracting(Table::name).containsExactly("customer_seq", "product");
        assertThat(database.dataSources()).containsExactly("commerce/0");
    }

    @Test
    void namesThatAHostWouldRun_areLeftOut() {
        Database database = plan(
                "customer",
                customer().putTables("${System.exit(1)}", sharded("x")).putTables("a,b", sharded("x")),
                Map.of());
        assertThat(database.tables()).extracting(Table::name).containsExactly("customer", "region", "setting");
        assertThat(planning.warnings())
                .hasSize(2)
                .anyMatch(warning -> warning.contains("customer.${System.exit(1)} is left out"));
    }

    @Test
    void tableThatARuleSendsElsewhere_isLeftOut() {
        Vschema.SrvVSchema.Builder routed = Vschema.SrvVSchema.newBuilder()
                .putKeyspaces("customer", customer().build())
                .setRoutingRules(Vschema.RoutingRules.newBuilder()
                        .addRules(Vschema.RoutingRule.newBuilder()
                                .setFromTable("customer.region")
                                .addToTables("commerce.region")));
        assertThat(plan("customer", routed, Map.of()).tables())
                .extracting(Table::name)
                .containsExactly("customer", "setting");
        assertThat(planning.warnings()).singleElement().asString().contains("routing rule");
    }

    @Test
    void keyspaceThatIsServedNowhere_isNoDatabase() {
        ServingState state = ServingState.of(
                Vschema.SrvVSchema.newBuilder()
                        .putKeyspaces("customer", customer().build())
                        .build(),
                Map.of(),
                List.of(),
                VindexRegistry.load());
        Planning of = new Planning(state, (keyspace, shard) -> "");
        assertThat(of.database(state.keyspace("customer"), null)).isNull();
        assertThat(of.warnings()).singleElement().asString().contains("keyspace customer");
    }
}
