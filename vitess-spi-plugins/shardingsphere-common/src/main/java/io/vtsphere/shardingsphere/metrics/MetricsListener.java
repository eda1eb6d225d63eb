package io.vtsphere.shardingsphere.metrics;

import java.lang.reflect.InvocationTargetException;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.shardingsphere.infra.config.mode.ModeConfiguration;
import org.apache.shardingsphere.mode.manager.ContextManager;
import org.apache.shardingsphere.mode.manager.listener.ContextManagerLifecycleListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the endpoint of a host, in either line. A port that cannot be had is logged, and the host serves. Thread-safe. */
public final class MetricsListener implements ContextManagerLifecycleListener {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsListener.class);
    private static final String V51 = "io.vtsphere.shardingsphere.metrics.v51.View";
    private static final String V55 = "io.vtsphere.shardingsphere.metrics.v55.View";

    /** Guarded by itself. */
    private final Map<ContextManager, MetricsEndpoint> endpoints = new IdentityHashMap<>();

    @Override
    public String getType() {
        return "VTSphere metrics";
    }

    /** Called by 5.1. */
    @Override
    public void onInitialized(@Nullable ModeConfiguration mode, ContextManager host) {
        open(V51, host);
    }

    /** Called by 5.5. */
    public void onInitialized(ContextManager host) {
        open(V55, host);
    }

    /** Called by 5.5. */
    public void onDestroyed(ContextManager host) {
        MetricsEndpoint gone;
        synchronized (endpoints) {
            gone = endpoints.remove(host);
        }
        if (gone != null) {
            gone.close();
        }
    }

    private void open(String view, ContextManager host) {
        try {
            MetricsEndpoint opened = MetricsEndpoint.open(view(view, host));
            if (opened != null) {
                synchronized (endpoints) {
                    endpoints.put(host, opened);
                }
            }
        } catch (IllegalStateException e) {
            LOG.error("!VITESS: no metrics: {}", e.getMessage(), e);
        }
    }

    private static HostView view(String type, ContextManager host) {
        try {
            return (HostView) Class.forName(type, true, MetricsListener.class.getClassLoader())
                    .getConstructor(ContextManager.class)
                    .newInstance(host);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("the host cannot be read", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this host is neither ShardingSphere 5.1 nor 5.5", e);
        }
    }
}
