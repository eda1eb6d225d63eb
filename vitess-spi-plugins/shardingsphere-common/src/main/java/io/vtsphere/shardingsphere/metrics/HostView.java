package io.vtsphere.shardingsphere.metrics;

import io.vtsphere.shardingsphere.rule.VitessSettings;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What the metrics need of a host, in either line. Thread-safe. */
public interface HostView {
    /** The {@code !VITESS} rule; null when there is none. */
    @Nullable
    VitessSettings settings();

    /** The data sources at this time, by database and then by name. */
    Map<String, Map<String, DataSource>> dataSources();
}
