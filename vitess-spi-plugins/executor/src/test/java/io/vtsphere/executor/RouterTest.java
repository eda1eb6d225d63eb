package io.vtsphere.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitess.proto.Query;
import io.vitess.proto.Topodata;
import io.vtsphere.planner.Opcode;
import io.vtsphere.planner.RouteValue;
import io.vtsphere.planner.Routing;
import io.vtsphere.planner.ShardTarget;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.topo.ServingState;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.Target;
import io.vtsphere.vindex.KeyRange;
import io.vtsphere.vindex.KeyspaceId;
import io.vtsphere.vindex.Vindex;
import io.vtsphere.vindex.VindexRegistry;
import io.vtsphere.vterrors.VtException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** By the hash vindex, 1, 2, 3 and 5 live on -80, 4 on 80-. */
class RouterTest {
    private final ServingState state = Cluster.commerce();
    private final Vindex hash = Objects.requireNonNull(
                    state.keyspace("customer").vschema().vindexes().get("hash"))
            .vindex();
    private final Router router = new Router(state, TabletType.PRIMARY, Set.of(), bound -> bound - 1);

    private static RouteValue literal(long value) {
        return new RouteValue.Literal(SqlValue.int64(value));
    }

    private List<String> shards(Routing routing) {
        return router.resolve(routing, new Binds()).stream()
                .map(query -> query.target().shard())
                .toList();
    }

    private Routing by(Opcode opcode, RouteValue... values) {
        return Routing.byVindex(opcode, "customer", hash, List.of(values));
    }

    @Test
    void opcodes() {
        assertThat(shards(Routing.of(Opcode.UNSHARDED, "commerce", false))).containsExactly("0");
        assertThat(shards(Routing.of(Opcode.SCATTER, "customer", true))).containsExactly("-80", "80-");
        assertThat(shards(Routing.of(Opcode.NONE, "customer", true))).isEmpty();
        assertThat(shards(Routing.of(Opcode.DBA, "customer", true))).containsExactly("80-");
        assertThat(shards(by(Opcode.EQUAL_UNIQUE, literal(1)))).containsExactly("-80");
        assertThat(shards(by(Opcode.EQUAL_UNIQUE, literal(4)))).containsExactly("80-");
        assertThat(shards(by(Opcode.EQUAL_UNIQUE, new RouteValue.Literal(SqlValue.NULL))))
                .isEmpty();
    }

    @Test
    void equality_withAnotherType_findsWhatMySqlFindsEqual() {
        assertThat(shards(by(Opcode.EQUAL_UNIQUE, text("4")))).containsExactly("80-");
        assertThat(shards(by(Opcode.EQUAL_UNIQUE, text("1 apple")))).containsExactly("-80");
        assertThat(shards(by(Opcode.EQUAL_UNIQUE, text("abc")))).isEqualTo(shards(by(Opcode.EQUAL_UNIQUE, literal(0))));
        assertThat(shards(by(Opcode.EQUAL_UNIQUE, decimal("4.0")))).containsExactly("80-");
        assertThat(shards(by(Opcode.EQUAL_UNIQUE, decimal("4.5")))).isEmpty();
    }

    private static RouteValue text(String value) {
        return new RouteValue.Literal(SqlValue.varchar(value));
    }

    private static RouteValue decimal(String value) {
        return new RouteValue.Literal(SqlValue.of(SqlType.DECIMAL, value.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void anyShard_prefersOneOfTheOpenTransaction() {
        Target open = new Target("customer", "-80", TabletType.PRIMARY);
        Router inTransaction = new Router(state, TabletType.PRIMARY, Set.of(open), bound -> bound - 1);

        assertThat(inTransaction.resolve(Routing.of(Opcode.REFERENCE, "customer", true), new Binds()))
                .containsExactly(new ShardQuery(open));
    }

    @Test
    void in_givesEachShardItsOwnValues() {
        Routing routing = by(Opcode.IN, new RouteValue.Tuple(List.of(literal(4), literal(1), literal(2), literal(1))));
        List<ShardQuery> queries = router.resolve(routing, new Binds());

        assertThat(queries).extracting(query -> query.target().shard()).containsExactly("80-", "-80");
        assertThat(values(queries.get(0))).containsExactly("4");
        assertThat(values(queries.get(1))).containsExactly("1", "2");
    }

    @Test
    void in_takesListsOfBindVariables() {
        Binds binds = new Binds().setList("ids", List.of(SqlValue.int64(1), SqlValue.int64(5)));

        List<ShardQuery> queries = router.resolve(by(Opcode.IN, new RouteValue.ListBind("ids")), binds);

        assertThat(queries).hasSize(1);
        assertThat(values(queries.get(0))).containsExactly("1", "5");
    }

    @Test
    void in_withNumbersForATextColumn_asksEveryShardForAllOfThem() {
        Binds binds = new Binds().setList("ids", List.of(SqlValue.int64(1), SqlValue.int64(5)));
        RouteValue list = new RouteValue.OfText(new RouteValue.ListBind("ids"));

        List<ShardQuery> queries = router.resolve(by(Opcode.IN, list), binds);

        assertThat(queries).hasSize(2).allSatisfy(query -> assertThat(values(query))
                .containsExactly("1", "5"));
        binds.setList("ids", List.of(SqlValue.varchar("1"), SqlValue.varchar("5")));
        assertThat(router.resolve(by(Opcode.IN, list), binds)).hasSize(1);
    }

    @Test
    void in_withNumbersAndTexts_asksEveryShardForAllOfThem() {
        Binds binds = new Binds().setList("ids", List.of(SqlValue.int64(-1), SqlValue.varchar("z")));

        List<ShardQuery> queries = router.resolve(by(Opcode.IN, new RouteValue.ListBind("ids")), binds);

        assertThat(queries).hasSize(2).allSatisfy(query -> assertThat(values(query))
                .containsExactly("-1", "z"));
    }

    @Test
    void equality_ofATextColumnWithANumberThatComesLate_isRefused() {
        Routing routing = by(Opcode.EQUAL_UNIQUE, new RouteValue.OfText(new RouteValue.Bind("v1")));

        assertThatThrownBy(() -> router.resolve(routing, new Binds().set("v1", SqlValue.int64(5))))
                .hasMessageStartingWith("VT12001: unsupported: number 5 compared with the text column");
        assertThat(router.resolve(routing, new Binds().set("v1", SqlValue.varchar("5"))))
                .hasSize(1);
    }

    private static List<String> values(ShardQuery query) {
        return Objects.requireNonNull(query.own().get(Routing.VALS)).getValuesList().stream()
                .map(Query.Value::getValue)
                .map(com.google.protobuf.ByteString::toStringUtf8)
                .toList();
    }

    @Test
    void targets() {
        assertThat(shards(Routing.byDestination("customer", true, new ShardTarget.Shard("80-"))))
                .containsExactly("80-");
        assertThat(shards(Routing.byDestination(
                        "customer", true, new ShardTarget.OwnerOf(KeyspaceId.of(new byte[] {0x10})))))
                .containsExactly("-80");
        assertThat(shards(Routing.byDestination("customer", true, new ShardTarget.ExactKeyRange(KeyRange.complete()))))
                .containsExactly("-80", "80-");
        assertThat(shards(Routing.byDestination("customer", true, ShardTarget.ALL)))
                .containsExactly("-80", "80-");
        assertThatThrownBy(() -> shards(Routing.byDestination("customer", true, new ShardTarget.Shard("40-80"))))
                .isInstanceOf(VtException.class)
                .hasMessage("unknown shard '40-80' in keyspace 'customer'; it has [-80, 80-]");
    }

    @Test
    void aShardThatDoesNotServeTheKeyspace_isAskedWhereItHasTablets() {
        ServingState resharding = ServingState.of(
                Cluster.vschema(),
                Map.of("customer", Cluster.keyspace("-80", "80-")),
                List.of(Topodata.Tablet.newBuilder()
                        .setAlias(Topodata.TabletAlias.newBuilder()
                                .setCell("zone1")
                                .setUid(7))
                        .setKeyspace("customer")
                        .setShard("40-80")
                        .setType(Topodata.TabletType.PRIMARY)
                        .build()),
                VindexRegistry.load());
        Routing named = Routing.byDestination("customer", true, new ShardTarget.Shard("40-80"));
        assertThat(new Router(resharding, TabletType.PRIMARY, Set.of(), bound -> 0).resolve(named, new Binds()))
                .extracting(ShardQuery::target)
                .containsExactly(new Target("customer", "40-80", TabletType.PRIMARY));
    }

    @Test
    void missingVariable_isNamed() {
        assertThatThrownBy(() -> shards(by(Opcode.EQUAL_UNIQUE, new RouteValue.Bind("v1"))))
                .isInstanceOf(VtException.class)
                .hasMessage("query arguments missing for v1");
    }
}
