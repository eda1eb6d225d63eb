package io.vtsphere.tablet.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitess.proto.Query;
import io.vitess.proto.Topodata;
import io.vtsphere.tablet.health.ServingStatus.State;
import io.vtsphere.tablet.mysql.ResponseHandler.Completion;
import io.vtsphere.tablet.mysql.SimpleQuery;
import io.vtsphere.topo.TabletType;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StateManagerTest {
    private final StateManager states = new StateManager("customer", "-80", TabletType.PRIMARY, 5);

    @Test
    void check_beforeMysqlAnswers_isAClusterEvent() {
        assertThatThrownBy(() -> states.check(target("customer", "-80", Topodata.TabletType.PRIMARY), true))
                .isInstanceOfSatisfying(
                        VtException.class, e -> assertThat(e.code()).isEqualTo(Code.CLUSTER_EVENT))
                .hasMessage("operation not allowed in state NOT_SERVING");
    }

    @Test
    void check_shuttingDown_letsOpenTransactionsFinish() {
        set(State.SHUTTING_DOWN);
        assertThatThrownBy(() -> states.check(target("customer", "-80", Topodata.TabletType.PRIMARY), false))
                .hasMessage("operation not allowed in state SHUTTING_DOWN");
        assertThatCode(() -> states.check(target("customer", "-80", Topodata.TabletType.PRIMARY), true))
                .doesNotThrowAnyException();
    }

    @Test
    void check_otherTarget_isRefusedWithVitesssText() {
        set(State.SERVING);
        assertThatThrownBy(() -> states.check(null, false)).hasMessage("No target");
        assertThatThrownBy(() -> states.check(target("x", "-80", Topodata.TabletType.PRIMARY), false))
                .hasMessage("invalid keyspace x does not match expected customer");
        assertThatThrownBy(() -> states.check(target("customer", "80-", Topodata.TabletType.PRIMARY), false))
                .hasMessage("invalid shard 80- does not match expected -80");
        assertThatThrownBy(() -> states.check(target("customer", "-80", Topodata.TabletType.RDONLY), false))
                .hasMessage("wrong tablet type: RDONLY, want: PRIMARY or []");
    }

    @Test
    void hold_refusesNewCalls_untilTransactionsEnded_thenAll() {
        set(State.SERVING);
        states.hold(Hold.TABLET_CONTROL, "TabletControl.DisableQueryService set", true);
        Query.Target target = target("customer", "-80", Topodata.TabletType.PRIMARY);
        assertThat(states.status().state()).isEqualTo(State.NOT_SERVING);
        assertThatThrownBy(() -> states.check(target, false))
                .hasMessage("operation not allowed in state SHUTTING_DOWN");
        assertThatCode(() -> states.check(target, true)).doesNotThrowAnyException();
        states.drained();
        assertThatThrownBy(() -> states.check(target, true)).hasMessage("operation not allowed in state NOT_SERVING");
        set(State.SERVING);
        assertThat(states.status().error()).isEqualTo("TabletControl.DisableQueryService set");
        states.release(Hold.TABLET_CONTROL);
        set(State.SERVING);
        assertThatCode(() -> states.check(target, false)).doesNotThrowAnyException();
    }

    @Test
    void primaryThatStoodStill_servesNobody_untilTheTopologyWasAskedSince() {
        AtomicLong now = new AtomicLong();
        int[] asked = {0};
        set(State.SERVING);
        states.distrustPauses(now::get, 3_000, () -> asked[0]++);
        Query.Target target = target("customer", "-80", Topodata.TabletType.PRIMARY);
        now.addAndGet(3_000);
        states.pulse();
        states.check(target, false);
        long before = states.pauses();
        now.addAndGet(3_001);
        assertThatThrownBy(() -> states.check(target, false)).hasMessage("operation not allowed in state NOT_SERVING");
        assertThat(asked[0]).isEqualTo(1);
        assertThat(states.forgive(before)).as("asked before the pause").isFalse();
        set(State.SERVING);
        assertThat(states.status().serving()).isFalse();
        assertThat(states.forgive(states.pauses())).isTrue();
        set(State.SERVING);
        states.check(target, false);
    }

    @Test
    void replicaThatStoodStill_servesOn() {
        AtomicLong now = new AtomicLong();
        states.update(s -> new ServingStatus(State.SERVING, TabletType.REPLICA, 0, null, 0));
        states.distrustPauses(now::get, 3_000, () -> {
            throw new AssertionError("replicas are replicas");
        });
        now.addAndGet(60_000);
        states.check(target("customer", "-80", Topodata.TabletType.REPLICA), false);
    }

    @Test
    void update_afterShutdown_changesNothing() {
        List<ServingStatus> heard = new ArrayList<>();
        states.addListener(heard::add);
        set(State.SHUTTING_DOWN);
        set(State.SERVING);
        assertThat(states.status().state()).isEqualTo(State.SHUTTING_DOWN);
        assertThat(heard).hasSize(1);
    }

    @Test
    void update_withoutChange_tellsNobody() {
        List<ServingStatus> heard = new ArrayList<>();
        set(State.SERVING);
        states.addListener(heard::add);
        set(State.SERVING);
        assertThat(heard).isEmpty();
    }

    @Test
    void read_replicationStandsStill_lagGrowsUntilTheLimit() {
        AtomicLong now = new AtomicLong();
        ReplicationLag lag = new ReplicationLag(Duration.ofSeconds(60), now::get);
        assertThat(lag.read(status(null, "boom")).error()).isEqualTo("replication is not running: boom");
        assertThat(lag.read(status("3", ""))).isEqualTo(new ReplicationLag.Reading(3, null));
        now.set(TimeUnit.SECONDS.toNanos(20));
        assertThat(lag.read(status(null, "boom"))).isEqualTo(new ReplicationLag.Reading(23, null));
        now.set(TimeUnit.SECONDS.toNanos(70));
        assertThat(lag.read(status(null, "boom")).error())
                .isEqualTo("replication lag of 73 s is above the limit of 60 s");
        assertThat(lag.read(new SimpleQuery.Rows(List.of(), List.of(), new Completion(0, 0, 2, 0, "")))
                        .error())
                .isEqualTo("replication is not configured");
    }

    @Test
    void statement_versionOfMysql_decidesTheWord() {
        ReplicationLag lag = new ReplicationLag(Duration.ofSeconds(60), () -> 0);
        assertThat(lag.statement("8.0.15")).isEqualTo("show slave status");
        assertThat(lag.statement("5.7.44-log")).isEqualTo("show slave status");
        assertThat(lag.statement("8.0.22")).isEqualTo("show replica status");
        assertThat(lag.statement("8.4.0")).isEqualTo("show replica status");
        assertThat(lag.statement("9.1.0-commercial")).isEqualTo("show replica status");
    }

    private static SimpleQuery.Rows status(String seconds, String error) {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {seconds, error});
        return new SimpleQuery.Rows(
                List.of("Seconds_Behind_Master", "Last_IO_Error"), rows, new Completion(0, 0, 2, 0, ""));
    }

    private void set(State state) {
        states.update(s -> new ServingStatus(state, s.type(), s.primaryTermStart(), null, 0));
    }

    private static Query.Target target(String keyspace, String shard, Topodata.TabletType type) {
        return Query.Target.newBuilder()
                .setKeyspace(keyspace)
                .setShard(shard)
                .setTabletType(type)
                .build();
    }
}
