package io.vtsphere.topo;

import io.vitess.proto.Vschema;
import io.vtsphere.vterrors.VtException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The VSchema of one keyspace, checked and with its vindexes built. Immutable and thread-safe.
 *
 * <p>When the newest record of the keyspace is faulty, this is the last good one and {@link #error()} says what is wrong with the newest.
 * When there never was a good one, it holds what of the faulty record could be built, as vtgate does.
 */
public final class KeyspaceVSchema {
    /** How foreign keys are treated ({@code vschema.Keyspace.ForeignKeyMode}); unspecified counts as unmanaged. */
    public enum ForeignKeyMode {
        DISALLOW,
        UNMANAGED,
        MANAGED;

        /** The word that Vitess prints. */
        public String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private final String name;
    private final Vschema.Keyspace record;
    private final Map<String, TableVSchema> tables;
    private final Map<String, VindexDefinition> vindexes;
    private final List<VtException> faults;
    /** What it was completed by; null when nothing is known. */
    private final @Nullable TrackedSchema tracked;

    KeyspaceVSchema(
            String name,
            Vschema.Keyspace record,
            Map<String, TableVSchema> tables,
            Map<String, VindexDefinition> vindexes,
            List<VtException> faults) {
        this(name, record, tables, vindexes, faults, null);
    }

    private KeyspaceVSchema(
            String name,
            Vschema.Keyspace record,
            Map<String, TableVSchema> tables,
            Map<String, VindexDefinition> vindexes,
            List<VtException> faults,
            @Nullable TrackedSchema tracked) {
        this.tracked = tracked;
        this.name = name;
        this.record = record;
        this.tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
        this.vindexes = Collections.unmodifiableMap(new LinkedHashMap<>(vindexes));
        this.faults = List.copyOf(faults);
    }

    KeyspaceVSchema withTables(Map<String, TableVSchema> newTables, List<VtException> newFaults) {
        return new KeyspaceVSchema(name, record, newTables, vindexes, newFaults, tracked);
    }

    KeyspaceVSchema withTracked(
            TrackedSchema schema, Map<String, TableVSchema> newTables, List<VtException> newFaults) {
        return new KeyspaceVSchema(name, record, newTables, vindexes, newFaults, schema);
    }

    @Nullable
    TrackedSchema tracked() {
        return tracked;
    }

    KeyspaceVSchema withFaults(List<VtException> newFaults) {
        return faults.equals(newFaults)
                ? this
                : new KeyspaceVSchema(name, record, tables, vindexes, newFaults, tracked);
    }

    public String name() {
        return name;
    }

    public boolean sharded() {
        return record.getSharded();
    }

    /** Tables by name, in order of name. */
    public Map<String, TableVSchema> tables() {
        return tables;
    }

    public @Nullable TableVSchema table(String tableName) {
        return tables.get(tableName);
    }

    /** Vindexes by name, in order of name. */
    public Map<String, VindexDefinition> vindexes() {
        return vindexes;
    }

    /** Whether its tables are found only with their keyspace's name. */
    public boolean requireExplicitRouting() {
        return record.getRequireExplicitRouting();
    }

    public ForeignKeyMode foreignKeyMode() {
        switch (record.getForeignKeyMode()) {
            case disallow:
                return ForeignKeyMode.DISALLOW;
            case managed:
                return ForeignKeyMode.MANAGED;
            default:
                return ForeignKeyMode.UNMANAGED;
        }
    }

    /** The record this was built from. */
    public Vschema.Keyspace record() {
        return record;
    }

    /** What is wrong with the newest record of this keyspace; empty when it is in use. */
    public List<VtException> faults() {
        return faults;
    }

    /** The first of {@link #faults()}, or null. */
    public @Nullable VtException error() {
        return faults.isEmpty() ? null : faults.get(0);
    }

    /** Whether plans made with one hold with the other. */
    boolean saysTheSameAs(KeyspaceVSchema other) {
        if (!record.equals(other.record)
                || !Objects.equals(tracked, other.tracked)
                || faults.size() != other.faults.size()
                || !tables.keySet().equals(other.tables.keySet())) {
            return false;
        }
        for (int i = 0; i < faults.size(); i++) {
            if (!faults.get(i).getMessage().equals(other.faults.get(i).getMessage())) {
                return false;
            }
        }
        // Record and MySQLs decide everything about a table but the keyspace of its sequence.
        for (TableVSchema table : tables.values()) {
            TableVSchema same = other.tables.get(table.name());
            if (same == null || !Objects.equals(table.autoIncrement(), same.autoIncrement())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return name + (faults.isEmpty() ? "" : " (" + faults.size() + " faults)");
    }
}
