package io.vtsphere.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vtsphere.planner.PlanTarget;
import io.vtsphere.planner.ShardTarget;
import io.vtsphere.topo.ServingState;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import io.vtsphere.vindex.KeyRange;
import io.vtsphere.vindex.KeyspaceId;
import io.vtsphere.vterrors.VtException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionTargetTest {
    private final ServingState state = Cluster.commerce();

    private PlanTarget parse(String text) {
        SessionTarget target = SessionTarget.parse(text, TabletType.PRIMARY, state);
        assertThat(target.text()).isEqualTo(text);
        return target.plan();
    }

    @Test
    void everyPart() {
        assertThat(parse("customer")).isEqualTo(PlanTarget.primary("customer"));
        assertThat(parse("customer@replica")).isEqualTo(new PlanTarget("customer", null, TabletType.REPLICA, null));
        assertThat(parse("customer:-80@rdonly"))
                .isEqualTo(new PlanTarget("customer", new ShardTarget.Shard("-80"), TabletType.RDONLY, null));
        assertThat(parse("customer/80-").shards()).isEqualTo(new ShardTarget.Shard("80-"));
        assertThat(parse("customer[-80]").shards()).isEqualTo(new ShardTarget.ExactKeyRange(KeyRange.parse("-80")));
        assertThat(parse("customer[a0]@primary").shards())
                .isEqualTo(new ShardTarget.OwnerOf(KeyspaceId.of(new byte[] {(byte) 0xa0})));
        assertThat(parse("customer:-80@replica|zone1-0000000101"))
                .isEqualTo(new PlanTarget(
                        "customer", new ShardTarget.Shard("-80"), TabletType.REPLICA, new TabletAlias("zone1", 101)));
    }

    @Test
    void emptyKeyspace_isNoneWhenThereAreSeveral() {
        assertThat(parse("").keyspace()).isNull();
        assertThat(parse("@replica")).isEqualTo(new PlanTarget(null, null, TabletType.REPLICA, null));
    }

    @Test
    void unknownType_isUnknownWithoutError() {
        assertThat(parse("customer@nosuch").type()).isEqualTo(TabletType.UNKNOWN);
    }

    @Test
    void mysqlsOwnSchemas_areKnown() {
        assertThat(parse("information_schema").keyspace()).isEqualTo("information_schema");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "customer@; empty tablet type after @",
                "customer:-80@nosuch|zone1-100; invalid tablet type in target: nosuch|zone1-100",
                "customer:-80@replica|zone1; invalid tablet alias in target: zone1",
                "customer@replica|zone1-100; tablet alias must be used with a shard",
                "customer[-80; invalid key range provided. Couldn't find range end ']'",
                "customer[-80-c0]; single keyrange expected in -80-c0",
                "customer[zz]; expected valid hex in keyspace id zz",
                "nope; VT05003: unknown database 'nope' in vschema",
                "nope:-80; VT05003: unknown database 'nope' in vschema"
            })
    void errors(String text, String message) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(VtException.class).hasMessage(message);
    }
}
