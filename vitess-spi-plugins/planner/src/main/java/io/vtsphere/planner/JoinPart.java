package io.vtsphere.planner;

import java.util.List;

/**
 * One read of a {@link Primitive.Join}. Immutable and thread-safe.
 *
 * @param rows a {@link Primitive.Route} or a {@link Primitive.VindexLookup}; of the first part maybe under a {@link Primitive.Limit}
 * @param outer whether rows of earlier parts stay, filled up with NULL, that go together with no row of this one
 * @param links all must hold; the first one, if any, is also a condition of {@code rows}: its column is {@code IN ::keys}
 * @param guards must hold too
 * @param nulls columns, by offsets as in {@link OrderKey}, that must be NULL in the joined row: {@code where filled.column is null} finds the
 *     rows without a match
 * @param keys that list bind variable; empty where there is no link
 */
public record JoinPart(
        Primitive rows, boolean outer, List<JoinLink> links, List<JoinGuard> guards, List<Integer> nulls, String keys) {
    public JoinPart {
        links = List.copyOf(links);
        guards = List.copyOf(guards);
        nulls = List.copyOf(nulls);
    }
}
