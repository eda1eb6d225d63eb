package io.vtsphere.gateway;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.handler.ssl.SslContext;
import io.vitess.proto.Query;
import io.vitess.proto.Vtrpc;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A gateway with fake tablets around it. */
final class Bench implements AutoCloseable {
    static final Target PRIMARY = new Target("commerce", "0", TabletType.PRIMARY);
    static final Target REPLICA = new Target("commerce", "0", TabletType.REPLICA);

    final FakeTopology topology = new FakeTopology();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final EventLoopGroup loops;
    final EventLoop loop;
    final DefaultTabletGateway gateway;
    private final List<FakeTablet> tablets = new ArrayList<>();

    Bench(Map<String, String> flags) {
        this(flags, new NioEventLoopGroup(2));
    }

    Bench(Map<String, String> flags, EventLoopGroup loops) {
        this.loops = loops;
        this.loop = loops.next();
        gateway = DefaultTabletGateway.open(GatewayConfig.of("zone1", flags), topology, loops, registry);
    }

    FakeTablet tablet(String alias, Target target) {
        return tablet(alias, target, null);
    }

    FakeTablet tablet(String alias, Target target, @Nullable SslContext ssl) {
        FakeTablet tablet = new FakeTablet(TabletAlias.parse(alias), target, ssl);
        tablets.add(tablet);
        return tablet;
    }

    /** Puts them into the topology and waits until the gateway has heard from each. */
    void publish(FakeTablet... now) {
        topology.tablets(now);
        // so that no tablet of before is taken for one of now
        settle();
        await().pollInterval(Duration.ofMillis(5))
                .until(() -> gateway.tablets().size() == now.length
                        && gateway.tablets().stream().allMatch(TabletHealth::heard));
        settle();
    }

    /** Waits until the rotation has followed what the tablets' health shows. */
    void settle() {
        gateway.healthLoop().submit(() -> {}).syncUninterruptibly();
    }

    Call call(Target target) {
        return call(target, null, 0, false);
    }

    Call call(Target target, @Nullable TabletAlias alias, long timeoutNanos, boolean readOnly) {
        return new Call(
                target,
                alias,
                loop,
                timeoutNanos,
                readOnly,
                Vtrpc.CallerID.getDefaultInstance(),
                Query.VTGateCallerID.newBuilder().setUsername("user").build());
    }

    Answer<Query.QueryResult> execute(Call call) {
        return execute(call, 0, 0);
    }

    Answer<Query.QueryResult> execute(Call call, long transactionId, long reservedId) {
        Answer<Query.QueryResult> answer = new Answer<>();
        gateway.execute(call, query("select 1"), options(), transactionId, reservedId, answer);
        return answer;
    }

    static Query.BoundQuery query(String sql) {
        return Query.BoundQuery.newBuilder().setSql(sql).build();
    }

    static Query.ExecuteOptions options() {
        return Query.ExecuteOptions.getDefaultInstance();
    }

    TabletHealth health(FakeTablet tablet) {
        return gateway.tablets().stream()
                .filter(health -> health.tablet().alias().equals(tablet.alias))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        gateway.close();
        tablets.forEach(FakeTablet::close);
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
