package io.vtsphere.sql.ast;

import java.util.List;

/** One common table expression: {@code name [(columns)] AS (query)}. */
public record Cte(String name, List<String> columns, Query query) implements Node {
    public Cte {
        columns = List.copyOf(columns);
    }
}
