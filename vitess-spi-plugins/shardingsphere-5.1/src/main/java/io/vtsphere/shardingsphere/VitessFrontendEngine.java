package io.vtsphere.shardingsphere;

import org.apache.shardingsphere.db.protocol.codec.DatabasePacketCodecEngine;
import org.apache.shardingsphere.proxy.backend.session.ConnectionSession;
import org.apache.shardingsphere.proxy.frontend.authentication.AuthenticationEngine;
import org.apache.shardingsphere.proxy.frontend.command.CommandExecuteEngine;
import org.apache.shardingsphere.proxy.frontend.context.FrontendContext;
import org.apache.shardingsphere.proxy.frontend.spi.DatabaseProtocolFrontendEngine;

/**
 * Our front end as the host's: the host opens the channel, we take it over before its first byte, see {@link ChannelTakeover}.
 *
 * <p>The host makes one instance per connection.
 */
public final class VitessFrontendEngine implements DatabaseProtocolFrontendEngine {
    private final ChannelTakeover takeover = new ChannelTakeover();
    private final UnusedCodec codec = new UnusedCodec();

    @Override
    public String getDatabaseType() {
        return VitessDatabaseType.NAME;
    }

    @Override
    public FrontendContext getFrontendContext() {
        return new FrontendContext(false, false);
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
}
