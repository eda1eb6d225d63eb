package io.vtsphere.topo;

import io.vitess.proto.Vschema;
import io.vtsphere.vindex.VindexRegistry;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Builds one {@link VSchema} after another, each reusing what did not change since the one before.
 *
 * <p>A keyspace with a fault keeps its last good VSchema, to which the fault is attached; the others are not touched by it. When there is no
 * good one yet, the tables that could be built are used.
 *
 * <p>Used by one thread.
 */
final class VSchemaBuilder {
    private final KeyspaceVSchemaParser parser;
    /** Keyspaces as parsed from their newest record, before sequences are resolved. */
    private Map<String, KeyspaceVSchema> parsed = Map.of();
    /** Keyspaces as they were when they last had no fault. */
    private final Map<String, KeyspaceVSchema> good = new HashMap<>();

    private VSchema current = VSchema.empty();

    VSchemaBuilder(VindexRegistry registry) {
        this.parser = new KeyspaceVSchemaParser(registry);
    }

    VSchema build(Vschema.SrvVSchema source) {
        return build(source, Map.of());
    }

    /**
     * @param tracked what the keyspaces' MySQLs say, by keyspace
     */
    VSchema build(Vschema.SrvVSchema source, Map<String, TrackedSchema> tracked) {
        parsed = parse(source, tracked);
        good.keySet().retainAll(parsed.keySet());
        RoutingRules rules = RoutingRules.of(source);
        Map<String, KeyspaceVSchema> kept = new HashMap<>();
        parsed.forEach((name, keyspace) -> keepLastGood(kept, name, keyspace.faults()));
        while (true) {
            Resolution resolution = resolve(rules, kept);
            boolean again = false;
            for (Map.Entry<String, List<VtException>> fault : resolution.faults.entrySet()) {
                again |= keepLastGood(kept, fault.getKey(), fault.getValue());
            }
            if (!again) {
                return finish(resolution, rules);
            }
        }
    }

    private Map<String, KeyspaceVSchema> parse(Vschema.SrvVSchema source, Map<String, TrackedSchema> tracked) {
        Map<String, KeyspaceVSchema> next = new TreeMap<>();
        source.getKeyspacesMap().forEach((name, record) -> {
            KeyspaceVSchema before = parsed.get(name);
            TrackedSchema schema = tracked.get(name);
            boolean same = before != null && before.record().equals(record) && Objects.equals(before.tracked(), schema);
            next.put(
                    name,
                    same && before != null ? before : SchemaTracking.complete(parser.parse(name, record), schema));
        });
        return next;
    }

    /** Whether a good one took the place of a faulty one. */
    private boolean keepLastGood(Map<String, KeyspaceVSchema> kept, String keyspace, List<VtException> faults) {
        KeyspaceVSchema lastGood = good.get(keyspace);
        if (faults.isEmpty() || lastGood == null || kept.containsKey(keyspace)) {
            return false;
        }
        kept.put(keyspace, reuse(lastGood.withFaults(faults)));
        return true;
    }

    private Resolution resolve(RoutingRules rules, Map<String, KeyspaceVSchema> kept) {
        Map<String, KeyspaceVSchema> keyspaces = new TreeMap<>(parsed);
        keyspaces.putAll(kept);
        Resolution resolution = new Resolution(keyspaces);
        ReferenceTables references = new ReferenceTables(keyspaces);
        for (KeyspaceVSchema keyspace : keyspaces.values()) {
            List<VtException> faults = references.link(keyspace);
            if (!kept.containsKey(keyspace.name())) {
                resolution.addFaults(keyspace.name(), faults);
            }
        }
        resolution.references = references.links();
        VSchema unresolved = assemble(keyspaces, rules, Map.of());
        for (String name : parsed.keySet()) {
            if (!kept.containsKey(name)) {
                resolveSequences(resolution, unresolved, name);
            }
        }
        return resolution;
    }

    private static void resolveSequences(Resolution resolution, VSchema unresolved, String name) {
        KeyspaceVSchema keyspace = unresolved.keyspace(name);
        Map<String, TableVSchema> tables = new TreeMap<>(keyspace.tables());
        for (TableVSchema table : keyspace.tables().values()) {
            AutoIncrement increment = table.autoIncrement();
            if (increment == null) {
                continue;
            }
            TableName sequence = increment.sequence();
            try {
                TableVSchema found = unresolved
                        .findTable(sequence.keyspace(), sequence.name(), TabletType.PRIMARY)
                        .table();
                tables.put(
                        table.name(),
                        table.withAutoIncrement(new AutoIncrement(increment.column(), found.qualifiedName())));
            } catch (VtException e) {
                tables.remove(table.name());
                resolution.addFaults(
                        name,
                        List.of(VtException.of(
                                Code.NOT_FOUND, "cannot resolve sequence " + sequence + ": " + e.getMessage())));
            }
        }
        resolution.keyspaces.put(name, keyspace.withTables(tables, keyspace.faults()));
    }

    private VSchema finish(Resolution resolution, RoutingRules rules) {
        Map<String, KeyspaceVSchema> keyspaces = new TreeMap<>();
        resolution.keyspaces.forEach((name, keyspace) -> {
            List<VtException> faults = new ArrayList<>(keyspace.faults());
            faults.addAll(resolution.faults.getOrDefault(name, List.of()));
            KeyspaceVSchema finished = reuse(keyspace.withFaults(faults));
            keyspaces.put(name, finished);
            if (faults.isEmpty()) {
                good.put(name, finished);
            }
        });
        current = assemble(keyspaces, rules, resolution.references);
        return current;
    }

    private static VSchema assemble(
            Map<String, KeyspaceVSchema> keyspaces,
            RoutingRules rules,
            Map<TableName, Map<String, TableName>> references) {
        return new VSchema(
                ServingState.sorted(keyspaces),
                GlobalNames.ofTables(keyspaces.values()),
                GlobalNames.ofVindexes(keyspaces.values()),
                rules,
                references);
    }

    /** The object of the VSchema before, when it says the same. */
    private KeyspaceVSchema reuse(KeyspaceVSchema keyspace) {
        KeyspaceVSchema before = current.keyspaces().get(keyspace.name());
        return before != null && before.saysTheSameAs(keyspace) ? before : keyspace;
    }

    /** What became of the keyspaces when they were looked at together. */
    private static final class Resolution {
        final Map<String, KeyspaceVSchema> keyspaces;
        final Map<String, List<VtException>> faults = new TreeMap<>();
        Map<TableName, Map<String, TableName>> references = Map.of();

        Resolution(Map<String, KeyspaceVSchema> keyspaces) {
            this.keyspaces = keyspaces;
        }

        void addFaults(String keyspace, List<VtException> more) {
            if (!more.isEmpty()) {
                faults.computeIfAbsent(keyspace, k -> new ArrayList<>()).addAll(more);
            }
        }
    }

    /** The faults of every keyspace of the newest records, by keyspace; for those who are about to write them. */
    static Map<String, List<VtException>> faults(VSchema vschema) {
        Map<String, List<VtException>> faults = new TreeMap<>();
        vschema.keyspaces().forEach((name, keyspace) -> {
            if (!keyspace.faults().isEmpty()) {
                faults.put(name, keyspace.faults());
            }
        });
        return faults;
    }
}
