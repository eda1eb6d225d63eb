package io.vtsphere.gateway;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.netty.channel.EventLoop;
import io.vtsphere.topo.Tablet;
import io.vtsphere.topo.TabletAlias;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One tablet at one address, as calls see it: a channel per event loop, and its load. A tablet whose record comes to name another address gets
 * another peer, so nothing that an old process says can reach the new one's state.
 *
 * <p>Thread-safe. Channels are made by their own loop; the health check takes them away.
 */
final class TabletPeer {
    private final Tablet tablet;
    private final String address;
    private final ChannelFactory factory;
    private final TabletLoad load = new TabletLoad();
    /** Entries are added by the loop that is the key, on that loop; removed by anyone. Bounded by the number of loops. */
    private final Map<EventLoop, ManagedChannel> channels = new ConcurrentHashMap<>();
    /** Given up with calls still in flight. */
    private final Set<ManagedChannel> leaving = ConcurrentHashMap.newKeySet();
    /** Written by the health loop. */
    private volatile boolean reachable;
    /** Set once by the health loop. */
    private volatile boolean closed;

    TabletPeer(Tablet tablet, ChannelFactory factory) {
        this.tablet = tablet;
        this.address = tablet.hostname() + ":" + tablet.grpcPort();
        this.factory = factory;
    }

    TabletAlias alias() {
        return tablet.alias();
    }

    String address() {
        return address;
    }

    TabletLoad load() {
        return load;
    }

    /** Whether the health stream stands; without it a pinned call is refused. */
    boolean isReachable() {
        return reachable && !closed;
    }

    void reachable(boolean now) {
        reachable = now;
    }

    /** The loop's channel, made if need be; null when the tablet is gone. Only on that loop. */
    @Nullable
    ManagedChannel channel(EventLoop loop) {
        ManagedChannel channel = channels.get(loop);
        if (channel != null) {
            return channel;
        }
        channel = factory.open(tablet, loop);
        channels.put(loop, channel);
        if (closed && channels.remove(loop, channel)) {
            channel.shutdown();
            return null;
        }
        return channel;
    }

    /** Forgets the loop's channel if it is waiting to dial again: gRPC's pause grows to minutes, the health check knows better. */
    void dropIfFailing(EventLoop loop) {
        ManagedChannel channel = channels.get(loop);
        if (channel != null
                && channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE
                && channels.remove(loop, channel)) {
            channel.shutdown();
        }
    }

    /**
     * Gives all channels up; the next call makes a new one.
     *
     * @param callsToo whether calls in flight fail at once (UNAVAILABLE) instead of running to their end
     */
    void disconnect(boolean callsToo) {
        channels.forEach((loop, channel) -> {
            if (channels.remove(loop, channel)) {
                if (callsToo) {
                    Loops.run(loop, channel::shutdownNow);
                } else {
                    leaving.removeIf(ManagedChannel::isShutdown);
                    leaving.add(channel);
                    factory.letGo(channel, loop);
                }
            }
        });
    }

    /** Ends every call that is still in flight here, on given-up channels too: what this tablet answers from now on must reach nobody. */
    void cutOff() {
        disconnect(true);
        for (ManagedChannel channel : leaving) {
            channel.shutdownNow();
        }
        leaving.clear();
    }

    void close(boolean callsToo) {
        closed = true;
        disconnect(callsToo);
    }

    @Override
    public String toString() {
        return alias() + "@" + address;
    }
}
