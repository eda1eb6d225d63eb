package io.vtsphere.gateway;

import io.grpc.CallOptions;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.vtsphere.topo.ServingStates;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.Target;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The gateway over real connections.
 *
 * <p>Health runs on a loop of its own, so that a busy connection cannot make tablets look ill, nor a thousand tablets slow a connection.
 */
public final class DefaultTabletGateway extends QueryCalls {
    private final EventLoopGroup healthGroup;
    private final EventLoop healthLoop;
    private final HealthCheck health;
    private final Readiness readiness;
    private final CallContext context;
    private final TwoPhaseCalls twoPhase;
    private final WayChoice ways;
    private final AutoCloseable subscription;

    private DefaultTabletGateway(
            CallContext context, QueryClient client, EventLoopGroup healthGroup, ServingStates states) {
        super(client);
        this.context = context;
        this.health = context.health();
        this.healthGroup = healthGroup;
        this.healthLoop = health.loop();
        this.readiness = new Readiness(states, health);
        this.twoPhase = new DefaultTwoPhaseCalls(client);
        this.ways = new WayChoice(context);
        this.subscription = states.addListener(health::follow);
    }

    /**
     * Starts to follow the tablets; returns at once.
     *
     * @param calls whose loops calls will name; decides between epoll and NIO
     * @throws IllegalArgumentException naming the keys when the TLS files cannot be used
     */
    public static DefaultTabletGateway open(
            GatewayConfig config, ServingStates states, EventLoopGroup calls, MeterRegistry registry) {
        ChannelFactory channels = new ChannelFactory(config);
        DefaultThreadFactory threads = new DefaultThreadFactory("gateway-health", true);
        EventLoopGroup group = calls instanceof EpollEventLoopGroup
                ? new EpollEventLoopGroup(1, threads)
                : new NioEventLoopGroup(1, threads);
        Ticker ticker = Ticker.system();
        RandomIndex random = RandomIndex.threadLocal();
        HealthCheck health = new HealthCheck(config, group.next(), channels, registry, ticker, random);
        CallContext context = new CallContext(config, health, ticker, random, CallOptions.DEFAULT);
        return new DefaultTabletGateway(context, new QueryClient(context), group, states);
    }

    @Override
    public TwoPhaseCalls twoPhase() {
        return twoPhase;
    }

    @Override
    public @Nullable TabletAlias choose(Target target, String session) {
        TargetGroup group = health.group(target);
        TabletPeer peer =
                group == null ? null : group.healthy().pick(Set.of(), session, context.random(), context.ticker());
        return peer == null ? null : peer.alias();
    }

    /**
     * Which of several ways is best for a call now: one whose tablet is healthy, by load. Does not block.
     *
     * @return an index; -1 when nobody is healthy on any way
     */
    public int choose(List<Way> among) {
        return ways.of(among);
    }

    /**
     * Has this called, on the health loop, whenever a primary says that its tables or views have changed, and when one is heard for the first
     * time or again: it may have said so in between. Must not block.
     */
    public void onSchemaChange(Consumer<Target> listener) {
        health.addSchemaListener(listener);
    }

    /** The one loop that changes health; what runs there sees all that was reported before. */
    EventLoop healthLoop() {
        return healthLoop;
    }

    @Override
    public List<TabletHealth> tablets() {
        return health.tablets();
    }

    @Override
    public boolean awaitServing(Set<TabletType> types, Duration timeout) throws InterruptedException {
        return readiness.await(types, timeout);
    }

    @Override
    public void close() {
        if (healthLoop.isShuttingDown()) {
            return;
        }
        try {
            subscription.close();
        } catch (Exception e) {
            throw new IllegalStateException("the topology listener could not be removed", e);
        } finally {
            healthLoop.execute(health::close);
            var unused = healthGroup.shutdownGracefully(0, 5, TimeUnit.SECONDS);
        }
    }
}
