package io.vtsphere.shardingsphere.topology;

import io.vtsphere.shardingsphere.rule.VitessSettings;
import java.lang.reflect.InvocationTargetException;
import java.sql.SQLException;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.shardingsphere.infra.config.mode.ModeConfiguration;
import org.apache.shardingsphere.mode.manager.ContextManager;
import org.apache.shardingsphere.mode.manager.listener.ContextManagerLifecycleListener;
import org.jspecify.annotations.Nullable;

/**
 * Where a host tells that its context is there, in either line: makes the databases that its {@code !VITESS} rule asks for, before the host serves.
 * Thread-safe.
 */
public final class TopologyListener implements ContextManagerLifecycleListener {
    private static final String V51 = "io.vtsphere.shardingsphere.topology.v51.HostBinding";
    private static final String V55 = "io.vtsphere.shardingsphere.topology.v55.HostBinding";

    private final AtomicInteger contexts = new AtomicInteger();
    /** Guarded by itself. */
    private final Map<ContextManager, TopologyRules> rules = new IdentityHashMap<>();

    @Override
    public String getType() {
        return "VTSphere topology";
    }

    /** Called by 5.1, which logs exceptions and goes on, so that a failure is an {@link Error}. */
    @Override
    public void onInitialized(@Nullable ModeConfiguration mode, ContextManager context) {
        try {
            start(binding(V51, context, mode), context);
        } catch (RuntimeException e) {
            throw new HostStartError(e);
        }
    }

    /** Called by 5.5. */
    public void onInitialized(ContextManager context) {
        start(binding(V55, context, null), context);
    }

    /** Called by 5.5. */
    public void onDestroyed(ContextManager context) {
        TopologyRules gone;
        synchronized (rules) {
            gone = rules.remove(context);
        }
        if (gone != null) {
            gone.close();
        }
    }

    private void start(Binding binding, ContextManager context) {
        VitessSettings settings = binding.settings();
        if (settings == null || !settings.topology()) {
            return;
        }
        String refusal = binding.refusal();
        if (refusal != null) {
            throw new IllegalStateException("!VITESS: " + refusal);
        }
        try {
            TopologyRules started = TopologyRules.open("databases-" + contexts.incrementAndGet(), binding, settings);
            synchronized (rules) {
                rules.put(context, started);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("!VITESS: " + e.getMessage(), e);
        }
    }

    private static Binding binding(String type, ContextManager context, @Nullable ModeConfiguration mode) {
        try {
            return (Binding) Class.forName(type, true, TopologyListener.class.getClassLoader())
                    .getConstructor(ContextManager.class, ModeConfiguration.class)
                    .newInstance(context, mode);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getTargetException();
            throw new IllegalStateException("!VITESS: " + cause.getMessage(), cause);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("!VITESS: this host is neither ShardingSphere 5.1 nor 5.5", e);
        }
    }
}
