package io.vtsphere.sql.ast;

import java.util.List;

/**
 * {@code USE|IGNORE|FORCE INDEX|VINDEX [FOR …] (names)}.
 *
 * @param action {@code use}, {@code ignore} or {@code force}
 * @param vindex whether it is a hint for the planner (VINDEX) instead of MySQL
 * @param scope {@code join}, {@code order by}, {@code group by} or empty
 */
public record IndexHint(String action, boolean vindex, String scope, List<String> names) implements Node {
    public IndexHint {
        names = List.copyOf(names);
    }
}
