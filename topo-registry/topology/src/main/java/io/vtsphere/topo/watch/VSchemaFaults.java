package io.vtsphere.topo.watch;

import io.vtsphere.topo.KeyspaceVSchema;
import io.vtsphere.topo.ServingState;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is wrong with the newest VSchemas of a snapshot. Stateless. */
final class VSchemaFaults {
    private static final Logger LOG = LoggerFactory.getLogger(VSchemaFaults.class);

    private VSchemaFaults() {}

    /** The texts by keyspace; keyspaces without a fault are left out. */
    static Map<String, List<String>> of(ServingState state) {
        Map<String, List<String>> faults = new TreeMap<>();
        state.vschema().keyspaces().forEach((name, keyspace) -> {
            if (!keyspace.faults().isEmpty()) {
                faults.put(name, texts(keyspace));
            }
        });
        return faults;
    }

    /** Tells the log of faults that came and went. */
    static void log(ServingState before, ServingState next) {
        next.vschema().keyspaces().forEach((name, keyspace) -> {
            KeyspaceVSchema old = before.vschema().keyspaces().get(name);
            List<String> faults = texts(keyspace);
            List<String> known = old == null ? List.of() : texts(old);
            if (!faults.isEmpty() && !faults.equals(known)) {
                LOG.warn(
                        "the newest VSchema of keyspace {} is faulty; its last good one, or without one what could be built, is in use: {}",
                        name,
                        faults);
            } else if (faults.isEmpty() && !known.isEmpty()) {
                LOG.info("the VSchema of keyspace {} is good again", name);
            }
        });
    }

    private static List<String> texts(KeyspaceVSchema keyspace) {
        return keyspace.faults().stream().map(Throwable::getMessage).toList();
    }
}
