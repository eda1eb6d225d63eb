package io.vtsphere.topo;

import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Links reference tables to their sources. Texts: Vitess' {@code vindexes/vschema.go}, {@code buildKeyspaceReferences}.
 *
 * <p>Used by one thread.
 */
final class ReferenceTables {
    private final Map<String, KeyspaceVSchema> keyspaces;
    private final Map<TableName, Map<String, TableName>> links = new HashMap<>();

    ReferenceTables(Map<String, KeyspaceVSchema> keyspaces) {
        this.keyspaces = keyspaces;
    }

    /** Copies by source and keyspace. */
    Map<TableName, Map<String, TableName>> links() {
        return links;
    }

    /** Links the copies that a keyspace holds; what cannot be linked is answered. */
    List<VtException> link(KeyspaceVSchema keyspace) {
        List<VtException> faults = new ArrayList<>();
        for (TableVSchema table : keyspace.tables().values()) {
            TableName source = table.source();
            if (source == null) {
                continue;
            }
            VtException fault = link(keyspace.name(), table, source);
            if (fault != null) {
                faults.add(fault);
            }
        }
        return faults;
    }

    private @Nullable VtException link(String keyspace, TableVSchema table, TableName source) {
        String quoted = "source \"" + source + "\"";
        if (source.keyspace().equals(keyspace)) {
            return VtException.of(
                    Code.UNIMPLEMENTED,
                    quoted + " may not reference a table in the same keyspace as table: " + table.name());
        }
        KeyspaceVSchema sourceKeyspace = keyspaces.get(source.keyspace());
        if (sourceKeyspace == null) {
            return VtException.of(
                    Code.NOT_FOUND, quoted + " references a non-existent keyspace \"" + source.keyspace() + "\"");
        }
        TableVSchema sourceTable = sourceKeyspace.table(source.name());
        if (sourceTable == null) {
            return VtException.of(
                    Code.NOT_FOUND,
                    quoted + " references a table \"" + source.name()
                            + "\" that is not present in the VSchema of keyspace \"" + source.keyspace() + "\"");
        }
        if (sourceTable.type() == TableType.SEQUENCE) {
            return VtException.of(
                    Code.UNIMPLEMENTED,
                    quoted + " may not reference a table of type \""
                            + sourceTable.type().text() + "\": " + table.name());
        }
        Map<String, TableName> copies = links.computeIfAbsent(sourceTable.qualifiedName(), name -> new TreeMap<>());
        TableName other = copies.putIfAbsent(keyspace, table.qualifiedName());
        if (other != null) {
            String first = other.name().compareTo(table.name()) < 0 ? other.name() : table.name();
            String second = first.equals(table.name()) ? other.name() : table.name();
            return VtException.of(
                    Code.UNIMPLEMENTED,
                    quoted + " may not be referenced more than once per keyspace: " + first + ", " + second);
        }
        if (sourceTable.source() != null) {
            return VtException.of(
                    Code.UNIMPLEMENTED,
                    "reference chaining is not allowed " + table.name() + " => " + sourceTable + " => "
                            + sourceTable.source() + ": " + table.name());
        }
        return null;
    }
}
