package io.vtsphere.topo;

import io.vitess.proto.Vschema;
import io.vtsphere.vindex.Vindex;
import io.vtsphere.vindex.VindexRegistry;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Builds one keyspace's VSchema from its record, as far as that is possible without the other keyspaces, and lists all that is wrong.
 *
 * <p>Works in order of name, so that the same record always gives the same first fault.
 */
final class KeyspaceVSchemaParser {
    private final VindexRegistry registry;

    KeyspaceVSchemaParser(VindexRegistry registry) {
        this.registry = registry;
    }

    KeyspaceVSchema parse(String keyspace, Vschema.Keyspace record) {
        List<VtException> faults = new ArrayList<>();
        Map<String, VindexDefinition> vindexes = new TreeMap<>();
        new TreeMap<>(record.getVindexesMap()).forEach((name, definition) -> {
            try {
                Vindex vindex = registry.create(definition.getType(), name, definition.getParamsMap());
                vindexes.put(
                        name,
                        new VindexDefinition(
                                keyspace,
                                name,
                                definition.getType(),
                                definition.getParamsMap(),
                                definition.getOwner(),
                                vindex));
            } catch (VtException e) {
                faults.add(e);
            } catch (RuntimeException e) {
                // A vindex type may come from a jar that we know nothing of; its fault is that of this keyspace alone.
                faults.add(VtException.of(
                        Code.INTERNAL, "vindex " + name + " of type " + definition.getType() + ": " + e, e));
            }
        });
        boolean vindexesComplete = faults.isEmpty();
        Map<String, TableVSchema> tables = new TreeMap<>();
        TableParser parser = new TableParser(keyspace, record.getSharded(), vindexes, vindexesComplete, faults);
        new TreeMap<>(record.getTablesMap()).forEach((name, table) -> {
            TableVSchema built = parser.parse(name, table);
            if (built != null) {
                tables.put(name, built);
            }
        });
        for (VindexDefinition vindex : vindexes.values()) {
            if (vindex.isLookup() && !vindex.owner().isEmpty() && !record.containsTables(vindex.owner())) {
                faults.add(VtException.of(
                        Code.NOT_FOUND,
                        "owner table " + vindex.owner() + " of vindex " + vindex.name() + " not found in keyspace "
                                + keyspace));
            }
        }
        return new KeyspaceVSchema(keyspace, record, tables, vindexes, faults);
    }
}
