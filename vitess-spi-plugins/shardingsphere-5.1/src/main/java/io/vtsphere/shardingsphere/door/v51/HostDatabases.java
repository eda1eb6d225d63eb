package io.vtsphere.shardingsphere.door.v51;

import io.vtsphere.topo.ServingStates;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** The databases that the host's YAML defines: all that it knows, without those that are keyspaces. Thread-safe. */
final class HostDatabases {
    private final Supplier<Collection<String>> known;
    private final ServingStates states;

    /** @param known the host's names */
    HostDatabases(Supplier<Collection<String>> known, ServingStates states) {
        this.known = known;
        this.states = states;
    }

    Set<String> names() {
        Set<String> names = new TreeSet<>(known.get());
        names.removeAll(keyspaces());
        return names;
    }

    boolean contains(String name) {
        return known.get().contains(name) && !keyspaces().contains(name);
    }

    Set<String> keyspaces() {
        return states.current().keyspaces().keySet();
    }
}
