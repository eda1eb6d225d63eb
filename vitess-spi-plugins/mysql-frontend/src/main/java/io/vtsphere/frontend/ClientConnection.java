package io.vtsphere.frontend;

import io.netty.channel.Channel;

/** A client that has logged in, as the one who shuts the port down sees it. */
interface ClientConnection {
    Channel channel();

    /** Ends the connection as soon as no statement runs and no transaction is open; on the event loop only. */
    void shutdown();
}
