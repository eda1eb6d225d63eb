package io.vtsphere.planner;

/**
 * A query inside a query that is answered by a plan of its own, and whose rows are then gathered; see {@link Primitive.Gather}. Immutable and
 * thread-safe.
 *
 * @param name by what the query around knows the rows
 * @param routing any one tablet that knows the tables
 * @param columns the query with no rows, for that tablet: tells the collations of its columns
 */
public record GatheredUnit(String name, Primitive plan, Routing routing, QueryText columns) {
    /** What stands in {@link Primitive.Gather#query()} until the rows are there. */
    public String placeholder() {
        return GatheredTable.placeholder(name);
    }
}
