package io.vtsphere.executor;

import io.netty.channel.EventLoop;
import java.util.List;

/**
 * Who opens a session, and from where. The target of a client that connects with a database is set by {@link GateSession#initDb} as the
 * session's first command.
 *
 * @param connectionId the number that the client sees as CONNECTION_ID(), unsigned 32 bit
 * @param loop the event loop of the client's connection; every call into and out of the session is made on it
 * @param user the name that the client logged in with
 * @param userData the caller's user name towards tablets; empty when the user's entry names none
 * @param groups the caller's groups towards tablets
 * @param remoteAddress the client's address as {@code host:port}
 * @param collation the collation id of the client's handshake
 * @param foundRows whether the client set CLIENT_FOUND_ROWS
 */
public record SessionParams(
        long connectionId,
        EventLoop loop,
        String user,
        String userData,
        List<String> groups,
        String remoteAddress,
        int collation,
        boolean foundRows) {
    public SessionParams {
        groups = List.copyOf(groups);
    }
}
