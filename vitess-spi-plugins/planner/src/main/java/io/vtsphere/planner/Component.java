package io.vtsphere.planner;

import io.vtsphere.topo.ColumnVSchema;
import io.vtsphere.topo.ColumnVindex;
import io.vtsphere.topo.TableVSchema;
import io.vtsphere.topo.VindexDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tables whose joined rows are proven to lie on one shard, row by row. Used while one statement is planned.
 *
 * <p>Every row of the component lies where any of the keys maps it, provided the key's columns are not NULL.
 */
final class Component {
    private final String keyspace;
    private final List<Key> keys = new ArrayList<>();
    private final List<Occurrence> tables = new ArrayList<>();
    private @Nullable String singleShardReason;

    /** Columns that decide by a unique vindex where a row lies. */
    record Key(VindexDefinition vindex, List<ColumnId> columns) {}

    Component(String keyspace) {
        this.keyspace = keyspace;
    }

    /** The component of one table of a sharded keyspace. */
    static Component of(Occurrence occurrence, TableVSchema table) {
        Component component = new Component(table.keyspace());
        component.tables.add(occurrence);
        for (ColumnVindex vindex : table.columnVindexes()) {
            if (vindex.unique() && !vindex.partial() && !vindex.backfilling()) {
                List<ColumnId> columns = vindex.columns().stream()
                        .map(column -> new ColumnId(occurrence, column.toLowerCase(Locale.ROOT)))
                        .toList();
                component.keys.add(new Key(vindex.definition(), columns));
            }
        }
        return component;
    }

    /** A pinned table: all its rows lie where the pin is, which stands as the value of a column that no statement can name. */
    static Component pinned(
            Occurrence occurrence, TableVSchema table, VindexDefinition binary, Facts facts, RouteValue pin) {
        Component component = new Component(table.keyspace());
        component.tables.add(occurrence);
        ColumnId column = new ColumnId(occurrence, " pin");
        component.keys.add(new Key(binary, List.of(column)));
        facts.equal(column, pin);
        return component;
    }

    String keyspace() {
        return keyspace;
    }

    List<Key> keys() {
        return keys;
    }

    List<Occurrence> tables() {
        return tables;
    }

    /** Why the statement is right only where all its rows lie on one shard; null when it is right on several. */
    @Nullable
    String singleShardReason() {
        return singleShardReason;
    }

    void needsSingleShard(String reason) {
        if (singleShardReason == null) {
            singleShardReason = reason;
        }
    }

    boolean isConnectedTo(Component other, Facts facts) {
        if (!keyspace.equals(other.keyspace)) {
            return false;
        }
        for (Key mine : keys) {
            for (Key theirs : other.keys) {
                if (mine.vindex().name().equals(theirs.vindex().name())
                        && same(mine.columns(), theirs.columns(), facts)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Takes the other's tables and keys, which lie on the same shards. */
    void merge(Component other) {
        keys.addAll(other.keys);
        tables.addAll(other.tables);
        if (other.singleShardReason != null) {
            needsSingleShard(other.singleShardReason);
        }
    }

    /**
     * Whether the columns, taken as a set, hold all columns of some key: rows that agree in them lie on one shard. A key that an outer join
     * may fill with NULL does not count: rows without a match agree in its NULL and lie anywhere.
     */
    boolean isKeptTogetherBy(List<ColumnId> columns, Facts facts) {
        for (Key key : keys) {
            boolean covered = key.columns().stream()
                    .allMatch(part -> !part.occurrence().nullable()
                            && !mayBeNullAnywhere(key, part)
                            && columns.stream().anyMatch(column -> facts.same(part, column)));
            if (covered) {
                return true;
            }
        }
        return false;
    }

    /** Whether rows with NULL in the column may lie on any shard: a lookup vindex that ignores NULL says nothing of them. */
    private static boolean mayBeNullAnywhere(Key key, ColumnId part) {
        TableVSchema table = part.occurrence().table();
        ColumnVSchema known = table == null ? null : table.column(part.column());
        boolean neverNull = known != null && !known.nullable();
        return "true".equals(key.vindex().params().get("ignore_nulls")) && !neverNull;
    }

    /** Whether some key has a value for every column, so that all rows lie on one shard. */
    boolean isFixed(Facts facts) {
        return keys.stream().anyMatch(key -> key.columns().stream().allMatch(column -> facts.valueOf(column) != null));
    }

    /** The components with those that are connected merged. */
    static List<Component> combine(List<Component> components, Facts facts) {
        List<Component> combined = new ArrayList<>();
        for (Component next : components) {
            Component target = next;
            for (int i = 0; i < combined.size(); ) {
                Component existing = combined.get(i);
                if (existing.isConnectedTo(target, facts)) {
                    existing.merge(target);
                    target = existing;
                    combined.remove(i);
                } else {
                    i++;
                }
            }
            combined.add(target);
        }
        return combined;
    }

    private static boolean same(List<ColumnId> left, List<ColumnId> right, Facts facts) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (!facts.same(left.get(i), right.get(i))) {
                return false;
            }
        }
        return true;
    }
}
