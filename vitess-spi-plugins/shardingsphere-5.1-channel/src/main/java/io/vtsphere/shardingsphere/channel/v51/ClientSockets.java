package io.vtsphere.shardingsphere.channel.v51;

import java.nio.channels.SocketChannel;

/**
 * Takes the sockets of clients that the host has accepted. Thread-safe.
 *
 * <p>The plug-in's start-up listener is one: the host makes it, and so it is found among the host's listeners.
 */
public interface ClientSockets {
    /** A number for the time that the host still knows the connection, unlike those of other connections. */
    int ticket();

    /**
     * Takes a socket of a host that runs on epoll, open and in no selector.
     *
     * @param descriptor the file descriptor; whoever takes it closes it
     */
    void take(int descriptor);

    /** Takes a socket of a host that runs on NIO, open, not blocking and in no selector; whoever takes it closes it. */
    void take(SocketChannel socket);
}
