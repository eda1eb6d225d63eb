package io.vtsphere.sql.ast;

import java.util.List;

/**
 * The words between SELECT and the select list.
 *
 * @param modifiers the others in lower case and in the order written: {@code straight_join}, {@code high_priority}, {@code
 *     sql_calc_found_rows}, {@code sql_no_cache} …
 */
public record SelectOptions(boolean distinct, List<String> modifiers) {
    public static final SelectOptions NONE = new SelectOptions(false, List.of());
    public static final SelectOptions DISTINCT = new SelectOptions(true, List.of());

    public SelectOptions {
        modifiers = List.copyOf(modifiers);
    }

    public boolean calcFoundRows() {
        return modifiers.contains("sql_calc_found_rows");
    }

    public boolean straightJoin() {
        return modifiers.contains("straight_join");
    }
}
