package io.vtsphere.shardingsphere.door.v51;

import io.micrometer.core.instrument.Metrics;
import io.vtsphere.frontend.server.GateServerConfig;
import io.vtsphere.shardingsphere.channel.v51.ClientSockets;
import io.vtsphere.topo.connection.TopoException;
import io.vtsphere.vterrors.VtException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.shardingsphere.infra.config.mode.ModeConfiguration;
import org.apache.shardingsphere.mode.manager.ContextManager;
import org.apache.shardingsphere.mode.manager.listener.ContextManagerLifecycleListener;
import org.jspecify.annotations.Nullable;

/**
 * Opens the door when the host's configuration asks for the protocol type {@code VitessMySQL}, before the host opens its port. Thread-safe.
 */
public final class DoorListener implements ContextManagerLifecycleListener, ClientSockets {
    private final AtomicInteger tickets = new AtomicInteger();
    private volatile @Nullable Door door;

    @Override
    public void onInitialized(@Nullable ModeConfiguration mode, ContextManager host) {
        if (!DoorConfiguration.isWanted(host.getMetaDataContexts())) {
            return;
        }
        try {
            GateServerConfig config = DoorConfiguration.read(host.getMetaDataContexts());
            Door opened =
                    Door.open(config, () -> host.getMetaDataContexts().getAllSchemaNames(), Metrics.globalRegistry);
            door = opened;
            Runtime.getRuntime().addShutdownHook(new Thread(opened::close, "vitess-shutdown"));
        } catch (IllegalArgumentException | TopoException | VtException e) {
            throw new DoorNotOpened(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DoorNotOpened("interrupted while tablets were waited for", e);
        }
    }

    /** What 5.5 calls, which has no such front end; the listener's type has the same name there. */
    public void onInitialized(ContextManager host) {}

    /** What 5.5 calls. */
    public void onDestroyed(ContextManager host) {}

    @Override
    public String getType() {
        return "VITESS_FRONTEND";
    }

    @Override
    public int ticket() {
        return tickets.incrementAndGet();
    }

    @Override
    public void take(int descriptor) {
        opened().take(descriptor);
    }

    @Override
    public void take(SocketChannel socket) {
        opened().take(socket);
    }

    private Door opened() {
        Door opened = door;
        if (opened == null) {
            throw new IllegalStateException("the Vitess front end is not started");
        }
        return opened;
    }
}
