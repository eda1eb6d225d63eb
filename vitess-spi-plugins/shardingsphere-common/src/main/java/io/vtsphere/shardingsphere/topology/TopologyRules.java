package io.vtsphere.shardingsphere.topology;

import io.vtsphere.jdbc.SharedGate;
import io.vtsphere.shardingsphere.rule.VitessSettings;
import io.vtsphere.shardingsphere.topology.RoutingPlan.Database;
import io.vtsphere.topo.KeyspaceState;
import io.vtsphere.topo.ServingState;
import io.vtsphere.topo.ShardRef;
import io.vtsphere.topo.TabletType;
import io.vtsphere.vterrors.VtException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a host's databases as the topology says: one for each keyspace, swapped whole when something about the keyspace changes.
 *
 * <p>Everything happens on one thread of its own; statements see the result of it in the host's context, and wait for nothing. When a
 * keyspace cannot be made a database of, the one from before stays.
 */
public final class TopologyRules implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopologyRules.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    /** How long the start may wait for tablets that can tell their tables, all keyspaces together; later it is much less for each. */
    private static final Duration START_WAIT = Duration.ofSeconds(15);

    private static final Duration WAIT = Duration.ofMillis(200);

    private final Binding binding;
    private final SharedGate gate;
    private final Pools pools;
    private final KnownTables tables;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread created = new Thread(work, "vitess-databases");
        created.setDaemon(true);
        return created;
    });
    private final AtomicBoolean pending = new AtomicBoolean();

    /** The rest is confined to the thread, but for the start. */
    private SortedMap<String, Database> applied = new TreeMap<>();

    private @Nullable ServingState seen;
    private long seenGeneration = -1;
    private Set<String> warned = Set.of();
    private @Nullable String failure;

    private TopologyRules(Binding binding, SharedGate gate, VitessSettings settings) {
        this.binding = binding;
        this.gate = gate;
        this.pools = new Pools(settings.databases(), this::url, System::nanoTime);
        this.tables =
                new KnownTables(TableReader.over(gate), settings.databases().schemaInterval(), System::nanoTime);
    }

    /**
     * Reads the topology, and returns when the host has its databases.
     *
     * @param name of the gate that the connections go through; unique in this process
     * @throws SQLException when the topology does not answer and the start policy does not help
     */
    public static TopologyRules open(String name, Binding binding, VitessSettings settings) throws SQLException {
        SharedGate gate = SharedGate.open(name, settings.gate());
        boolean started = false;
        TopologyRules rules = new TopologyRules(binding, gate, settings);
        try {
            rules.apply(START_WAIT);
            rules.follow();
            started = true;
            LOG.info("databases from the topology: {}", rules.applied.keySet());
            return rules;
        } finally {
            if (!started) {
                rules.close();
            }
        }
    }

    private String url(String dataSource) {
        int slash = dataSource.indexOf('/');
        return gate.url(dataSource.substring(0, slash), dataSource.substring(slash + 1));
    }

    private void follow() {
        thread.scheduleWithFixedDelay(this::applyOrKeep, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
        gate.states().addListener(state -> {
            if (pending.compareAndSet(false, true)) {
                try {
                    thread.execute(this::applyOrKeep);
                } catch (RejectedExecutionException e) {
                    LOG.debug("a change of the topology after the end", e);
                }
            }
        });
    }

    private void applyOrKeep() {
        pending.set(false);
        try {
            apply(WAIT);
            failure = null;
        } catch (RuntimeException | LinkageError e) {
            String text = String.valueOf(e.getMessage());
            if (!text.equals(failure)) {
                LOG.error("the databases stay as they are, since the newest topology cannot be applied: {}", text, e);
            }
            failure = text;
        }
    }

    private void apply(Duration wait) {
        ServingState state = gate.states().current();
        Set<String> displaced = binding.displaced();
        displaced.forEach(tables::forget);
        readTables(state, wait);
        if (state == seen && tables.generation() == seenGeneration && displaced.isEmpty() && !pools.isDraining()) {
            return;
        }
        Planning planning = new Planning(state, gate::url);
        SortedMap<String, Database> next = plan(state, planning);
        Set<String> removed = new HashSet<>(applied.keySet());
        removed.removeAll(next.keySet());
        removed.forEach(name -> pools.keep(name, List.of()));
        SortedMap<String, Database> changed = new TreeMap<>(next);
        changed.values().removeIf(each -> each.equals(applied.get(each.name())) && !displaced.contains(each.name()));
        if (!changed.isEmpty() || !removed.isEmpty()) {
            binding.swap(new RoutingPlan(changed), pools.all(), removed);
            LOG.info("databases changed: {}, gone: {}", changed.keySet(), removed);
        }
        Set<String> before = inUse(applied);
        applied = next;
        Set<String> inUse = inUse(next);
        // a statement may have taken its route just before this swap: those of before go with a later one
        inUse.addAll(before);
        pools.closeReleased(inUse);
        warn(planning.warnings());
        seen = state;
        seenGeneration = tables.generation();
    }

    private static Set<String> inUse(SortedMap<String, Database> databases) {
        Set<String> names = new HashSet<>();
        databases.values().forEach(each -> names.addAll(each.dataSources()));
        return names;
    }

    private void readTables(ServingState state, Duration wait) {
        tables.retain(state.keyspaces().keySet());
        long end = System.nanoTime() + wait.toNanos();
        for (KeyspaceState keyspace : state.keyspaces().values()) {
            try {
                List<ShardRef> shards = keyspace.shards(TabletType.PRIMARY).shards();
                if (!shards.isEmpty()) {
                    Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
                    tables.refresh(keyspace, shards.get(0).name(), left.compareTo(WAIT) < 0 ? WAIT : left);
                }
            } catch (VtException e) {
                LOG.debug("keyspace {} is served nowhere, which the plan warns of", keyspace.name(), e);
            }
        }
    }

    private SortedMap<String, Database> plan(ServingState state, Planning planning) {
        SortedMap<String, Database> next = new TreeMap<>();
        Set<String> taken = new HashSet<>(binding.foreign());
        for (KeyspaceState keyspace : state.keyspaces().values()) {
            String name = keyspace.name();
            if (!taken.add(name.toLowerCase(Locale.ROOT))) {
                planning.warnings()
                        .add("keyspace " + name + " is left out: the host has another database of this name");
                continue;
            }
            if (keyspace.error() != null) {
                planning.warnings()
                        .add("keyspace " + name + ": its newest VSchema is not in use: "
                                + keyspace.error().getMessage());
            }
            Database planned = planning.database(keyspace, tables.of(name));
            if (planned == null) {
                planned = applied.get(name);
            }
            if (planned != null) {
                next.put(name, planned.with(pools.keep(name, wanted(planned))));
            }
        }
        return next;
    }

    /** Of a plan from before they may be drained ones, which are not asked for again. */
    private List<String> wanted(Database planned) {
        return planned == applied.get(planned.name()) ? planned.serving() : planned.dataSources();
    }

    private void warn(Set<String> warnings) {
        for (String warning : warnings) {
            if (!warned.contains(warning)) {
                LOG.warn("{}", warning);
            }
        }
        warned = Set.copyOf(warnings);
    }

    /** Stops to follow. The databases stay in the host, without connections. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("a change of the databases is still on its way after {} s", TIMEOUT_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        pools.close();
        gate.close();
    }

    private static final int TIMEOUT_SECONDS = 5;
}
