package io.vtsphere.topo;

import java.util.List;
import java.util.Map;

/**
 * What the MySQLs of a keyspace say about its tables and views. Immutable.
 *
 * @param tables by name
 */
public record TrackedSchema(Map<String, Table> tables) {
    public TrackedSchema {
        tables = Map.copyOf(tables);
    }

    /**
     * A table or view.
     *
     * @param columns all of them, in order
     * @param foreignKeys those that the table has, as the child
     * @param view whether it is a view
     */
    public record Table(List<ColumnVSchema> columns, List<ForeignKey> foreignKeys, boolean view) {
        public Table {
            columns = List.copyOf(columns);
            foreignKeys = List.copyOf(foreignKeys);
        }
    }

    /**
     * A foreign key of a table.
     *
     * @param parent the table referred to, of the same keyspace
     * @param restricts whether a parent that has children can neither be deleted nor get another key
     * @param deletesChildren whether the children of a deleted parent are deleted too
     */
    public record ForeignKey(
            List<String> columns,
            String parent,
            List<String> parentColumns,
            boolean restricts,
            boolean deletesChildren) {
        public ForeignKey {
            columns = List.copyOf(columns);
            parentColumns = List.copyOf(parentColumns);
        }
    }
}
