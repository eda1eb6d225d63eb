package io.vtsphere.shardingsphere.guard;

import java.util.List;
import java.util.Set;

/**
 * Where the host sends a statement.
 *
 * @param units how many statements it makes of it
 * @param whole the sharded tables, in lower case, of which no place is left out
 * @param parameters the values of the statement's parameter markers, in order
 */
public record Routed(int units, Set<String> whole, List<?> parameters) {
    public Routed {
        whole = Set.copyOf(whole);
    }
}
