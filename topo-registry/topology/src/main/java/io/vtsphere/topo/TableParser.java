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
import org.jspecify.annotations.Nullable;

/** Checks and builds one table of a VSchema. Texts and order of the checks: Vitess' {@code vindexes/vschema.go}, {@code buildTables}. */
final class TableParser {
    private final String keyspace;
    private final boolean sharded;
    private final Map<String, VindexDefinition> vindexes;
    /** Otherwise a vindex may be missing because its own definition is faulty, which is reported there. */
    private final boolean vindexesComplete;

    TableParser(String keyspace, boolean sharded, Map<String, VindexDefinition> vindexes, boolean vindexesComplete) {
        this.keyspace = keyspace;
        this.sharded = sharded;
        this.vindexes = vindexes;
        this.vindexesComplete = vindexesComplete;
    }

    /**
     * @throws VtException the first fault of the table
     */
    TableVSchema parse(String name, Vschema.Table table) {
        TableType type = TableType.parse(table.getType());
        if (type == null) {
            throw VtException.of(Code.NOT_FOUND, "unidentified table type " + table.getType());
        }
        if (type == TableType.SEQUENCE && sharded && table.getPinned().isEmpty()) {
            throw VtException.of(
                    Code.FAILED_PRECONDITION,
                    "sequence table has to be in an unsharded keyspace or must be pinned: " + name);
        }
        TableName source = type == TableType.REFERENCE ? source(name, table.getSource()) : null;
        KeyspaceId pinned = table.getPinned().isEmpty() ? null : pinned(table.getPinned());
        if (sharded && pinned == null && type != TableType.REFERENCE && table.getColumnVindexesCount() == 0) {
            throw VtException.of(Code.NOT_FOUND, "missing primary col vindex for table: " + name);
        }
        return new TableVSchema(
                keyspace,
                name,
                type,
                sharded,
                columnVindexes(name, table.getColumnVindexesList()),
                table.hasAutoIncrement() ? autoIncrement(table.getAutoIncrement()) : null,
                columns(name, table.getColumnsList()),
                table.getColumnListAuthoritative(),
                pinned,
                source);
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

    private static List<ColumnVSchema> columns(String table, List<Vschema.Column> records) {
        List<ColumnVSchema> columns = new ArrayList<>(records.size());
        Set<String> seen = new HashSet<>();
        for (Vschema.Column column : records) {
            if (!seen.add(column.getName().toLowerCase(Locale.ROOT))) {
                throw VtException.of(
                        Code.INVALID_ARGUMENT, "duplicate column name '" + column.getName() + "' for table: " + table);
            }
            columns.add(ColumnVSchema.of(column));
        }
        return columns;
    }

    private List<ColumnVindex> columnVindexes(String table, List<Vschema.ColumnVindex> records) {
        List<ColumnVindex> built = new ArrayList<>(records.size());
        List<ColumnVindex> prefixes = new ArrayList<>();
        for (Vschema.ColumnVindex column : records) {
            ColumnVindex next = columnVindex(table, column, built.isEmpty());
            if (built.stream().anyMatch(other -> other.name().equals(next.name()) && other.isOn(next.columns()))) {
                throw VtException.of(
                        Code.INVALID_ARGUMENT,
                        "duplicate vindex " + next.name() + " on columns " + next.columns() + " for table: " + table);
            }
            built.add(next);
            if (next.vindex() instanceof MultiColumnVindex multi && multi.partial()) {
                prefixes.addAll(prefixes(next));
            }
        }
        built.addAll(prefixes);
        return built;
    }

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
