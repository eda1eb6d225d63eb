package io.vtsphere.topo;

import io.vitess.proto.Vschema;
import io.vtsphere.vindex.KeyspaceId;
import io.vtsphere.vindex.LookupOwner;
import io.vtsphere.vindex.LookupVindex;
import io.vtsphere.vindex.MultiColumnVindex;
import io.vtsphere.vindex.Vindex;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks and builds one table of a VSchema; what is wrong is listed, not only the first of it. Texts and order of the checks: Vitess' {@code
 * vindexes/vschema.go}, {@code buildTables}. Used by one thread.
 */
final class TableParser {
    private final String keyspace;
    private final boolean sharded;
    private final Map<String, VindexDefinition> vindexes;
    /** Otherwise a vindex may be missing because its own definition is faulty, which is reported there. */
    private final boolean vindexesComplete;
    /** Where faults go. */
    private final List<VtException> faults;

    TableParser(
            String keyspace,
            boolean sharded,
            Map<String, VindexDefinition> vindexes,
            boolean vindexesComplete,
            List<VtException> faults) {
        this.keyspace = keyspace;
        this.sharded = sharded;
        this.vindexes = vindexes;
        this.vindexesComplete = vindexesComplete;
        this.faults = faults;
    }

    /** The table; null when it has faults. */
    @Nullable
    TableVSchema parse(String name, Vschema.Table table) {
        int before = faults.size();
        TableType type = TableType.parse(table.getType());
        if (type == null) {
            faults.add(VtException.of(Code.NOT_FOUND, "unidentified table type " + table.getType()));
        }
        boolean hasPin = !table.getPinned().isEmpty();
        if (type == TableType.SEQUENCE && sharded && !hasPin) {
            faults.add(VtException.of(
                    Code.FAILED_PRECONDITION,
                    "sequence table has to be in an unsharded keyspace or must be pinned: " + name));
        } else if (sharded && !hasPin && type == TableType.ORDINARY && table.getColumnVindexesCount() == 0) {
            faults.add(VtException.of(Code.NOT_FOUND, "missing primary col vindex for table: " + name));
        }
        TableName source = type == TableType.REFERENCE ? attempt(() -> source(name, table.getSource())) : null;
        KeyspaceId pinned = hasPin ? attempt(() -> pinned(table.getPinned())) : null;
        List<ColumnVindex> columnVindexes = columnVindexes(name, table.getColumnVindexesList());
        AutoIncrement increment =
                table.hasAutoIncrement() ? attempt(() -> autoIncrement(table.getAutoIncrement())) : null;
        List<ColumnVSchema> columns = columns(name, table.getColumnsList());
        if (type == null || faults.size() > before) {
            return null;
        }
        return new TableVSchema(
                keyspace,
                name,
                type,
                sharded,
                columnVindexes,
                increment,
                columns,
                table.getColumnListAuthoritative(),
                pinned,
                source);
    }

    /** What the step gives; null when it gives a fault. */
    private <T> @Nullable T attempt(Supplier<@Nullable T> step) {
        try {
            return step.get();
        } catch (VtException e) {
            faults.add(e);
            return null;
        }
    }

    private static @Nullable TableName source(String name, String source) {
        if (source.isEmpty()) {
            return null;
        }
        try {
            return TableName.parse(source);
        } catch (VtException e) {
            throw VtException.of(
                    Code.INVALID_ARGUMENT,
                    "invalid source \"" + source + "\" for reference table: " + name + "; " + e.getMessage());
        }
    }

    private static KeyspaceId pinned(String hex) {
        try {
            return KeyspaceId.of(HexFormat.of().parseHex(hex));
        } catch (IllegalArgumentException e) {
            throw VtException.of(
                    Code.INVALID_ARGUMENT, "could not decode the keyspace id for pin: " + e.getMessage(), e);
        }
    }

    private static AutoIncrement autoIncrement(Vschema.AutoIncrement record) {
        String sequence = record.getSequence();
        try {
            return new AutoIncrement(record.getColumn(), TableName.parse(sequence));
        } catch (VtException e) {
            throw VtException.of(Code.NOT_FOUND, "cannot resolve sequence " + sequence + ": " + e.getMessage());
        }
    }

    private List<ColumnVSchema> columns(String table, List<Vschema.Column> records) {
        List<ColumnVSchema> columns = new ArrayList<>(records.size());
        Set<String> seen = new HashSet<>();
        for (Vschema.Column column : records) {
            if (!seen.add(column.getName().toLowerCase(Locale.ROOT))) {
                faults.add(VtException.of(
                        Code.INVALID_ARGUMENT, "duplicate column name '" + column.getName() + "' for table: " + table));
            }
            columns.add(ColumnVSchema.of(column));
        }
        return columns;
    }

    private List<ColumnVindex> columnVindexes(String table, List<Vschema.ColumnVindex> records) {
        List<ColumnVindex> built = new ArrayList<>(records.size());
        List<ColumnVindex> prefixes = new ArrayList<>();
        boolean primary = true;
        for (Vschema.ColumnVindex record : records) {
            boolean first = primary;
            primary = false;
            ColumnVindex next = attempt(() -> columnVindex(table, record, first));
            if (next == null) {
                continue;
            }
            if (built.stream().anyMatch(other -> other.name().equals(next.name()) && other.isOn(next.columns()))) {
                faults.add(VtException.of(
                        Code.INVALID_ARGUMENT,
                        "duplicate vindex " + next.name() + " on columns " + next.columns() + " for table: " + table));
                continue;
            }
            built.add(next);
            if (next.vindex() instanceof MultiColumnVindex multi && multi.partial()) {
                prefixes.addAll(prefixes(next));
            }
        }
        built.addAll(prefixes);
        return built;
    }

    /** @throws VtException the first fault of the entry */
    private ColumnVindex columnVindex(String table, Vschema.ColumnVindex record, boolean primary) {
        String name = record.getName();
        VindexDefinition definition = vindexes.get(name);
        if (definition == null) {
            throw VtException.of(
                    Code.NOT_FOUND,
                    "vindex " + name + " not found for table " + table
                            + (vindexesComplete ? "" : " (vindexes that could not be built are missing)"));
        }
        List<String> columns = columnsOf(table, record);
        boolean owned = definition.isLookup() && definition.owner().equals(table);
        if (primary && !definition.vindex().unique()) {
            throw VtException.of(Code.INVALID_ARGUMENT, "primary vindex " + name + " is not Unique for table " + table);
        }
        if (primary && owned) {
            throw VtException.of(
                    Code.INVALID_ARGUMENT, "primary vindex " + name + " cannot be owned for table " + table);
        }
        if (!primary && definition.vindex() instanceof MultiColumnVindex) {
            throw VtException.of(
                    Code.UNIMPLEMENTED,
                    "multi-column vindex " + name + " should be a primary vindex for table " + table);
        }
        Vindex vindex = definition.vindex();
        if (owned && vindex instanceof LookupVindex lookup) {
            vindex = lookup.withOwner(new LookupOwner(keyspace, table, columns));
        }
        return new ColumnVindex(columns, vindex.cost(), vindex.unique(), owned, false, definition, vindex);
    }

    private static List<String> columnsOf(String table, Vschema.ColumnVindex record) {
        if (record.getColumnsCount() > 0) {
            if (!record.getColumn().isEmpty()) {
                throw VtException.of(
                        Code.INVALID_ARGUMENT,
                        "can't use column and columns at the same time in vindex (" + record.getName() + ") and table ("
                                + table + ")");
            }
            return record.getColumnsList();
        }
        if (record.getColumn().isEmpty()) {
            throw VtException.of(
                    Code.INVALID_ARGUMENT,
                    "must specify at least one column for vindex (" + record.getName() + ") and table (" + table + ")");
        }
        return List.of(record.getColumn());
    }

    private static List<ColumnVindex> prefixes(ColumnVindex whole) {
        List<ColumnVindex> prefixes = new ArrayList<>();
        for (int length = whole.columns().size() - 1; length > 0; length--) {
            int cost = whole.cost() + whole.columns().size() - length;
            prefixes.add(new ColumnVindex(
                    whole.columns().subList(0, length),
                    cost,
                    false,
                    whole.owned(),
                    true,
                    whole.definition(),
                    whole.vindex()));
        }
        return prefixes;
    }
}
