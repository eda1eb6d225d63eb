package io.vtsphere.shardingsphere.topology;

import io.vtsphere.shardingsphere.rule.VitessSettings;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** One host's context, in the terms of its line. Called by one thread at a time. */
public interface Binding {
    /** What the {@code !VITESS} rule says; null when there is none, or it is not for databases. */
    @Nullable
    VitessSettings settings();

    /** Why this host cannot have databases that follow the topology; null when it can. */
    @Nullable
    String refusal();

    /** Names of the databases that are not ours, in lower case. */
    Set<String> foreign();

    /**
     * Puts databases in place of those of the same names, and takes away those that are gone, each in one step for the statements that run.
     *
     * @param changed to be built anew
     * @param dataSources of all databases, by name
     * @param removed names
     */
    void swap(RoutingPlan changed, Map<String, DataSource> dataSources, Set<String> removed);

    /** Names of our databases that somebody else has replaced or removed since the last {@link #swap}. */
    Set<String> displaced();
}
