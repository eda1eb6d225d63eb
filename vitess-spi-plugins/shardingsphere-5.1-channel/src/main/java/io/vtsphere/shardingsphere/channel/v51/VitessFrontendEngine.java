package io.vtsphere.shardingsphere.channel.v51;

import org.apache.shardingsphere.db.protocol.codec.DatabasePacketCodecEngine;
import org.apache.shardingsphere.proxy.backend.session.ConnectionSession;
import org.apache.shardingsphere.proxy.frontend.authentication.AuthenticationEngine;
import org.apache.shardingsphere.proxy.frontend.command.CommandExecuteEngine;
import org.apache.shardingsphere.proxy.frontend.context.FrontendContext;
import org.apache.shardingsphere.proxy.frontend.spi.DatabaseProtocolFrontendEngine;

/**
 * Our front end as the host's: the host accepts the connection, we take its socket before the first byte, see {@link SocketTakeover}.
 *
 * <p>The host makes one instance per connection.
 */
public final class VitessFrontendEngine implements DatabaseProtocolFrontendEngine {
    /** What {@code proxy-frontend-database-protocol-type} names. */
    public static final String DATABASE_TYPE = "VitessMySQL";

    private final SocketTakeover takeover = new SocketTakeover();
    private final UnusedCodec codec = new UnusedCodec();

    @Override
    public String getDatabaseType() {
        return DATABASE_TYPE;
    }

    /** What its commands need; there are none. Its constructor differs between 5.1.0 and 5.1.1. */
    @Override
    public FrontendContext getFrontendContext() {
        throw new UnsupportedOperationException("commands do not pass through the host");
    }

    @Override
    public DatabasePacketCodecEngine<?> getCodecEngine() {
        return codec;
    }

    @Override
    public AuthenticationEngine getAuthenticationEngine() {
        return takeover;
    }

    @Override
    public CommandExecuteEngine getCommandExecuteEngine() {
        throw new UnsupportedOperationException("commands do not pass through the host");
    }

    @Override
    public void release(ConnectionSession connectionSession) {
        // the session's own handler is gone from the pipeline, and what it held was never used
    }

    /** Asked for by 5.1.1; no exception of ours passes through the host. */
    public void handleException(ConnectionSession connectionSession) {}
}
