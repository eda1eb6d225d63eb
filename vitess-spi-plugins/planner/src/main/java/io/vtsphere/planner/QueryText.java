package io.vtsphere.planner;

import java.util.List;

/**
 * The text of a query as it is sent to a tablet, printed once, when it was planned.
 *
 * @param sql the text, with {@code :name} and {@code ::name} where bind variables stand
 * @param binds the names of the bind variables in it, without colons, each once; those of {@link Routing#VALS} and other variables that the
 *     executing side sets per shard included
 */
public record QueryText(String sql, List<String> binds) {
    public QueryText {
        binds = List.copyOf(binds);
    }

    /** A text without bind variables. */
    public static QueryText of(String sql) {
        return new QueryText(sql, List.of());
    }

    @Override
    public String toString() {
        return sql;
    }
}
