package io.vtsphere.topo;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Names that may be used without a keyspace: those that one keyspace alone defines. Immutable. */
final class GlobalNames {
    private final Map<String, TableName> unique;
    private final Set<String> ambiguous;

    private GlobalNames(Map<String, TableName> unique, Set<String> ambiguous) {
        this.unique = unique;
        this.ambiguous = ambiguous;
    }

    static GlobalNames none() {
        return new GlobalNames(Map.of(), Set.of());
    }

    static GlobalNames ofTables(Collection<KeyspaceVSchema> keyspaces) {
        Map<String, TableName> unique = new HashMap<>();
        Set<String> ambiguous = new HashSet<>();
        for (KeyspaceVSchema keyspace : keyspaces) {
            if (keyspace.requireExplicitRouting()) {
                continue;
            }
            for (TableVSchema table : keyspace.tables().values()) {
                if (!isCopyUnderTheSameName(table) && !table.isOnlyTracked()) {
                    add(unique, ambiguous, table.qualifiedName());
                }
            }
        }
        // A copy never takes the name; it only spoils it when the name belongs to another table than its source.
        for (KeyspaceVSchema keyspace : keyspaces) {
            if (keyspace.requireExplicitRouting()) {
                continue;
            }
            for (TableVSchema table : keyspace.tables().values()) {
                TableName source = table.source();
                TableName holder = unique.get(table.name());
                if (source != null
                        && isCopyUnderTheSameName(table)
                        && holder != null
                        && source.isQualified()
                        && !source.keyspace().equals(holder.keyspace())) {
                    add(unique, ambiguous, table.qualifiedName());
                }
            }
        }
        addTracked(keyspaces, unique, ambiguous);
        return new GlobalNames(unique, ambiguous);
    }

    /** Tables of unsharded keyspaces that only MySQL names take what names the VSchemas leave; two of one name are ambiguous. */
    private static void addTracked(
            Collection<KeyspaceVSchema> keyspaces, Map<String, TableName> unique, Set<String> ambiguous) {
        Map<String, TableName> tracked = new HashMap<>();
        Set<String> several = new HashSet<>();
        for (KeyspaceVSchema keyspace : keyspaces) {
            if (keyspace.requireExplicitRouting() || keyspace.sharded() || keyspace.tracked() == null) {
                continue;
            }
            for (TableVSchema table : keyspace.tables().values()) {
                boolean free = !unique.containsKey(table.name()) && !ambiguous.contains(table.name());
                if (table.isOnlyTracked() && free) {
                    add(tracked, several, table.qualifiedName());
                }
            }
        }
        unique.putAll(tracked);
        ambiguous.addAll(several);
    }

    static GlobalNames ofVindexes(Collection<KeyspaceVSchema> keyspaces) {
        Map<String, TableName> unique = new HashMap<>();
        Set<String> ambiguous = new HashSet<>();
        for (KeyspaceVSchema keyspace : keyspaces) {
            if (!keyspace.requireExplicitRouting()) {
                for (String name : keyspace.vindexes().keySet()) {
                    add(unique, ambiguous, new TableName(keyspace.name(), name));
                }
            }
        }
        return new GlobalNames(unique, ambiguous);
    }

    @Nullable
    TableName get(String name) {
        return unique.get(name);
    }

    boolean isAmbiguous(String name) {
        return ambiguous.contains(name);
    }

    private static boolean isCopyUnderTheSameName(TableVSchema table) {
        return table.type() == TableType.REFERENCE
                && table.source() != null
                && table.source().name().equals(table.name());
    }

    private static void add(Map<String, TableName> unique, Set<String> ambiguous, TableName name) {
        if (ambiguous.contains(name.name())) {
            return;
        }
        if (unique.putIfAbsent(name.name(), name) != null) {
            unique.remove(name.name());
            ambiguous.add(name.name());
        }
    }
}
