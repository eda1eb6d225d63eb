package io.vtsphere.planner;

import io.vtsphere.sql.SqlModes;
import io.vtsphere.sql.SqlParser;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.SelectOptions;
import io.vtsphere.sql.ast.TableExpr;
import java.util.List;

/** {@code SELECT SQL_CALC_FOUND_ROWS}: the query without the word, and a query that counts what it gives without its LIMIT. */
final class FoundRows {
    private static final String WORD = "sql_calc_found_rows";

    private FoundRows() {}

    static boolean isAsked(Select select) {
        return select.options().calcFoundRows();
    }

    /** The query itself. */
    static Select withoutWord(Select select) {
        List<String> modifiers = select.options().modifiers().stream()
                .filter(word -> !word.equals(WORD))
                .toList();
        return select.withOptions(new SelectOptions(select.options().distinct(), modifiers));
    }

    /** Counts the rows. */
    static Select count(Select select) {
        Select all = withoutWord(select).withOrderBy(List.of()).withLimit(null).withLock("");
        boolean plain = !all.options().distinct()
                && all.groupBy().isEmpty()
                && all.having() == null
                && Functions.ofResult(all).aggregates().isEmpty();
        Select counting = (Select) SqlParser.parse("select count(*) from dual", SqlModes.DEFAULT);
        return plain
                ? all.withItems(counting.items())
                : counting.withFrom(List.of(new TableExpr.Derived(false, all, "t", List.of())));
    }
}
