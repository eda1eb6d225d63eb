package io.vtsphere.planner;

import io.vtsphere.sql.SqlPrinter;
import io.vtsphere.sql.ast.ComparisonOp;
import io.vtsphere.sql.ast.Expr;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The columns that {@code VEXPLAIN KEYS} shows, each use once and sorted. Filled while one statement is walked. */
final class UsedColumns {
    private final Set<String> grouping = new TreeSet<>();
    private final Set<String> filters = new TreeSet<>();
    private final Set<String> selected = new TreeSet<>();
    private final Set<Join> joins = new TreeSet<>(Comparator.comparing((Join join) -> join.left.name)
            .thenComparing(join -> join.right.name)
            .thenComparing(Join::text));

    /** A column of a table in the VSchema. */
    record Used(String table, String name) {
        private String text() {
            return SqlPrinter.print(new Expr.Column(null, table, name));
        }
    }

    private record Join(Used left, String operator, Used right) {
        private String text() {
            return left.text() + " " + operator + " " + right.text();
        }
    }

    void group(Used column) {
        grouping.add(column.text());
    }

    void select(Used column) {
        selected.add(column.text());
    }

    void filter(Used column, String operator) {
        filters.add(column.text() + " " + operator);
    }

    /** A condition on columns of two tables; where its sides can change places, they stand in the order of the names. */
    void join(Used left, String operator, Used right, @Nullable String turned) {
        if (turned != null && left.text().compareTo(right.text()) > 0) {
            joins.add(new Join(right, turned, left));
        } else {
            joins.add(new Join(left, operator, right));
        }
    }

    /** The operator with the sides exchanged. */
    static ComparisonOp turned(ComparisonOp op) {
        return switch (op) {
            case LT -> ComparisonOp.GT;
            case LE -> ComparisonOp.GE;
            case GT -> ComparisonOp.LT;
            case GE -> ComparisonOp.LE;
            case EQ, NE, NULL_SAFE_EQ -> op;
        };
    }

    /** Words instead of the signs that Go escapes in JSON. */
    static String operator(ComparisonOp op) {
        return switch (op) {
            case LT -> "lt";
            case LE -> "le";
            case GT -> "gt";
            case GE -> "ge";
            case NE -> "ne";
            case EQ, NULL_SAFE_EQ -> op.text();
        };
    }

    /** The text that is shown. */
    String json(StatementKind kind) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("statementType", kind.name());
        put(shown, "groupingColumns", grouping);
        put(shown, "filterColumns", filters);
        put(shown, "selectColumns", selected);
        put(shown, "joinPredicates", joins.stream().map(Join::text).toList());
        return PlanJson.print(shown);
    }

    private static void put(Map<String, Object> shown, String name, Collection<String> columns) {
        if (!columns.isEmpty()) {
            shown.put(name, columns);
        }
    }
}
