package io.vtsphere.vindex;

import java.util.List;

/**
 * The table whose rows a lookup vindex indexes.
 *
 * @param columns the table's columns, in the order of the lookup's from-columns; copied
 */
public record LookupOwner(String keyspace, String table, List<String> columns) {
    public LookupOwner {
        columns = List.copyOf(columns);
    }
}
