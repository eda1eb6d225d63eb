package io.vtsphere.shardingsphere.guard.host;

import org.apache.shardingsphere.infra.config.mode.ModeConfiguration;
import org.apache.shardingsphere.mode.manager.ContextManager;
import org.apache.shardingsphere.mode.manager.listener.ContextManagerLifecycleListener;
import org.jspecify.annotations.Nullable;

/** Turns the guard on in a host with a {@code !VITESS} rule. Has the methods of both lines' SPI. Stateless. */
public final class GuardStart implements ContextManagerLifecycleListener {
    /** 5.1. */
    @Override
    public void onInitialized(@Nullable ModeConfiguration mode, ContextManager manager) {
        onInitialized(manager);
    }

    /** 5.5. */
    public void onInitialized(ContextManager manager) {
        GuardLine line = Guarded.line();
        if (line.active(manager)) {
            Guarded.add(manager);
            line.started(manager);
        }
    }

    /** 5.5; a host of 5.1 ends with its process. */
    public void onDestroyed(ContextManager manager) {
        Guarded.remove(manager);
    }

    @Override
    public String getType() {
        return "VITESS_GUARD";
    }
}
