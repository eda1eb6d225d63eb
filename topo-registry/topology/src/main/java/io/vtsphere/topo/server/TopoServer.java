package io.vtsphere.topo.server;

import io.vtsphere.topo.connection.TopoConnection;
import io.vtsphere.topo.connection.TopoConnector;
import io.vtsphere.topo.connection.TopoException;
import java.time.Clock;
import java.time.Duration;

/**
 * The topology's records, typed: reading them, and writing them as vtctldclient would. Each kind of record has its own part.
 *
 * <p>Every method of a part blocks until the topology server answered and throws {@link TopoException} when it refuses or does not answer; a
 * method that writes several records may then have written some of them, and may be called again. Thread-safe, as all its parts.
 */
public final class TopoServer implements AutoCloseable {
    /** Vitess' {@code --lock-timeout}. */
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(45);

    private final TopoConnection global;
    private final Cells cells;
    private final CellsAliases aliases;
    private final Keyspaces keyspaces;
    private final Shards shards;
    private final Tablets tablets;
    private final TabletControls controls;
    private final ServingGraph graph;
    private final VSchemas vschemas;
    private final RoutingRuleRecords rules;

    private TopoServer(TopoConnector connector, String globalAddress, String globalRoot, Clock clock) {
        this.global = connector.connect(globalAddress, globalRoot);
        this.cells = new Cells(connector, global);
        this.aliases = new CellsAliases(global);
        Locks locks = new Locks(global, LOCK_TIMEOUT, clock);
        this.rules = new RoutingRuleRecords(global, locks);
        this.vschemas = new VSchemas(global, cells, rules);
        this.shards = new Shards(global, cells, locks);
        this.graph = new ServingGraph(global, cells, shards, locks);
        this.keyspaces = new Keyspaces(global, cells, shards, vschemas);
        this.tablets = new Tablets(cells, keyspaces, shards, graph, vschemas, clock);
        this.controls = new TabletControls(cells, shards, locks);
    }

    /**
     * A server over the global topology at that address. Does not wait for it; the connector stays the caller's.
     *
     * @param globalAddress {@code --topo-global-server-address}
     * @param globalRoot {@code --topo-global-root}
     */
    public static TopoServer open(TopoConnector connector, String globalAddress, String globalRoot) {
        return new TopoServer(connector, globalAddress, globalRoot, Clock.systemUTC());
    }

    /** The files of the global topology. */
    public TopoConnection global() {
        return global;
    }

    public Cells cells() {
        return cells;
    }

    public CellsAliases cellsAliases() {
        return aliases;
    }

    public Keyspaces keyspaces() {
        return keyspaces;
    }

    public Shards shards() {
        return shards;
    }

    public Tablets tablets() {
        return tablets;
    }

    public TabletControls tabletControls() {
        return controls;
    }

    public ServingGraph servingGraph() {
        return graph;
    }

    public VSchemas vschemas() {
        return vschemas;
    }

    public RoutingRuleRecords routingRules() {
        return rules;
    }

    /** Closes its connections. */
    @Override
    public void close() {
        cells.close();
        global.close();
    }
}
