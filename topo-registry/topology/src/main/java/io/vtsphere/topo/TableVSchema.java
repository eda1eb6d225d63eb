package io.vtsphere.topo;

import io.vtsphere.vindex.KeyspaceId;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table in the VSchema, ready for planning. Immutable and thread-safe.
 *
 * <p>Source: {@code BaseTable} in Vitess' {@code go/vt/vtgate/vindexes/vschema.go}.
 */
public final class TableVSchema {
    private final String keyspace;
    private final String name;
    private final TableType type;
    private final boolean sharded;
    private final List<ColumnVindex> columnVindexes;
    private final List<ColumnVindex> ordered;
    private final @Nullable AutoIncrement autoIncrement;
    private final List<ColumnVSchema> columns;
    private final boolean columnListAuthoritative;
    private final @Nullable KeyspaceId pinned;
    private final @Nullable TableName source;
    /** Whether only MySQL names it, not the VSchema. */
    private final boolean onlyTracked;

    TableVSchema(
            String keyspace,
            String name,
            TableType type,
            boolean sharded,
            List<ColumnVindex> columnVindexes,
            @Nullable AutoIncrement autoIncrement,
            List<ColumnVSchema> columns,
            boolean columnListAuthoritative,
            @Nullable KeyspaceId pinned,
            @Nullable TableName source) {
        this(
                keyspace,
                name,
                type,
                sharded,
                columnVindexes,
                autoIncrement,
                columns,
                columnListAuthoritative,
                pinned,
                source,
                false);
    }

    private TableVSchema(
            String keyspace,
            String name,
            TableType type,
            boolean sharded,
            List<ColumnVindex> columnVindexes,
            @Nullable AutoIncrement autoIncrement,
            List<ColumnVSchema> columns,
            boolean columnListAuthoritative,
            @Nullable KeyspaceId pinned,
            @Nullable TableName source,
            boolean onlyTracked) {
        this.onlyTracked = onlyTracked;
        this.keyspace = keyspace;
        this.name = name;
        this.type = type;
        this.sharded = sharded;
        this.columnVindexes = List.copyOf(columnVindexes);
        this.ordered = this.columnVindexes.stream()
                .sorted(Comparator.comparingInt(ColumnVindex::cost))
                .toList();
        this.autoIncrement = autoIncrement;
        this.columns = List.copyOf(columns);
        this.columnListAuthoritative = columnListAuthoritative;
        this.pinned = pinned;
        this.source = source;
    }

    /** A table of an unsharded keyspace of which only the name is known. */
    static TableVSchema unsharded(String keyspace, String name) {
        return new TableVSchema(
                keyspace, name, TableType.ORDINARY, false, List.of(), null, List.of(), false, null, null);
    }

    /** A table or view that only the keyspace's MySQLs name. */
    static TableVSchema tracked(KeyspaceVSchema keyspace, String name, List<ColumnVSchema> columns) {
        return new TableVSchema(
                keyspace.name(),
                name,
                TableType.ORDINARY,
                keyspace.sharded(),
                List.of(),
                null,
                columns,
                true,
                null,
                null,
                true);
    }

    /** With the complete list of its columns. */
    TableVSchema withColumns(List<ColumnVSchema> complete) {
        return new TableVSchema(
                keyspace,
                name,
                type,
                sharded,
                columnVindexes,
                autoIncrement,
                complete,
                true,
                pinned,
                source,
                onlyTracked);
    }

    /** Whether only MySQL names it, not the VSchema. */
    boolean isOnlyTracked() {
        return onlyTracked;
    }

    TableVSchema withAutoIncrement(AutoIncrement resolved) {
        return new TableVSchema(
                keyspace,
                name,
                type,
                sharded,
                columnVindexes,
                resolved,
                columns,
                columnListAuthoritative,
                pinned,
                source);
    }

    public String keyspace() {
        return keyspace;
    }

    public String name() {
        return name;
    }

    public TableName qualifiedName() {
        return new TableName(keyspace, name);
    }

    public TableType type() {
        return type;
    }

    /** Whether the table's keyspace is sharded; a pinned or reference table of such a keyspace also answers true. */
    public boolean sharded() {
        return sharded;
    }

    /** The vindexes in the VSchema's order, the primary vindex first; then, for partial ones, the prefixes of their columns. */
    public List<ColumnVindex> columnVindexes() {
        return columnVindexes;
    }

    /** The same vindexes, cheapest first; equal ones keep their order. */
    public List<ColumnVindex> ordered() {
        return ordered;
    }

    /** The vindex that decides where a row lives; null for unsharded, reference, pinned, sequence and only tracked tables. */
    public @Nullable ColumnVindex primaryVindex() {
        return columnVindexes.isEmpty() ? null : columnVindexes.get(0);
    }

    /** The vindexes whose entries this table's rows maintain. */
    public List<ColumnVindex> owned() {
        return columnVindexes.stream().filter(ColumnVindex::owned).toList();
    }

    public @Nullable AutoIncrement autoIncrement() {
        return autoIncrement;
    }

    public List<ColumnVSchema> columns() {
        return columns;
    }

    /** The column of that name in any case, or null when the VSchema does not name it (which says nothing unless the list is complete). */
    public @Nullable ColumnVSchema column(String columnName) {
        for (ColumnVSchema column : columns) {
            if (column.name().equalsIgnoreCase(columnName)) {
                return column;
            }
        }
        return null;
    }

    /** Whether {@link #columns()} is the whole table. */
    public boolean columnListAuthoritative() {
        return columnListAuthoritative;
    }

    /** The keyspace id whose shard holds the whole table; null when it is not pinned. */
    public @Nullable KeyspaceId pinned() {
        return pinned;
    }

    /** The table that a reference table copies; null when there is none. */
    public @Nullable TableName source() {
        return source;
    }

    @Override
    public String toString() {
        return keyspace + "." + name;
    }
}
