package io.vtsphere.shardingsphere.topology;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a host has to know to route by the topology, in no host's terms. Immutable; equal plans make equal databases.
 *
 * @param databases by name
 */
public record RoutingPlan(SortedMap<String, Database> databases) {
    public RoutingPlan {
        databases = Collections.unmodifiableSortedMap(new TreeMap<>(databases));
    }

    /** The plan of a host that has no keyspace. */
    public static RoutingPlan empty() {
        return new RoutingPlan(new TreeMap<>());
    }

    /**
     * A keyspace.
     *
     * @param serving names of the data sources that statements go to, in the order of their key ranges; one when the keyspace is unsharded
     * @param dataSources those and others that are about to serve, or still do for statements that began before a change
     * @param tables by name
     */
    public record Database(
            String name, boolean sharded, List<String> serving, List<String> dataSources, List<Table> tables) {
        public Database {
            serving = List.copyOf(serving);
            dataSources = List.copyOf(dataSources);
            tables = List.copyOf(tables);
        }

        Database with(List<String> newDataSources) {
            return new Database(name, sharded, serving, newDataSources, tables);
        }
    }

    /** How the rows of a table lie. */
    public enum Kind {
        /** By a vindex. */
        SHARDED,
        /** All in one shard of a sharded keyspace. */
        PINNED,
        /** A copy in each shard. */
        REFERENCE,
        /** In an unsharded keyspace. */
        UNSHARDED
    }

    /**
     * A table.
     *
     * @param shardingColumns of the vindex, in its order; empty unless {@link Kind#SHARDED}
     * @param algorithm from their values to data sources; null unless {@link Kind#SHARDED}
     * @param pinnedTo the data source of a {@link Kind#PINNED} table
     * @param sequence fills in a column that an INSERT leaves out
     * @param columns as MySQL has them; empty while that is not known
     */
    public record Table(
            String name,
            Kind kind,
            List<String> shardingColumns,
            @Nullable Algorithm algorithm,
            @Nullable String pinnedTo,
            @Nullable Sequence sequence,
            List<Column> columns) {
        public Table {
            shardingColumns = List.copyOf(shardingColumns);
            columns = List.copyOf(columns);
        }

        /** Whether a missing value of the column comes from the sequence. */
        public boolean isGenerated(Column column) {
            return sequence != null && sequence.column().equalsIgnoreCase(column.name());
        }
    }

    /**
     * Something that a host makes by its type name.
     *
     * @param props the same names as in a host's YAML
     */
    public record Algorithm(String type, Map<String, String> props) {
        public Algorithm {
            props = Collections.unmodifiableMap(new TreeMap<>(props));
        }
    }

    /** A column whose missing values a key generator makes. */
    public record Sequence(String column, Algorithm generator) {}

    /**
     * A column of MySQL.
     *
     * @param jdbcType of {@link java.sql.Types}
     * @param columnType as in a CREATE TABLE, for example {@code bigint unsigned}
     */
    public record Column(
            String name,
            int jdbcType,
            String columnType,
            boolean primaryKey,
            boolean caseSensitive,
            boolean visible,
            boolean unsigned,
            boolean nullable) {}
}
