package io.vtsphere.shardingsphere.channel.v51;

import io.netty.channel.epoll.Epoll;

/** What the host's channels are. Stateless. */
public final class HostTransport {
    private HostTransport() {}

    /** Whether the host's sockets are native ones (epoll) and not the JDK's: the same question decides that in the host. */
    public static boolean isEpoll() {
        return Epoll.isAvailable();
    }
}
