package io.vtsphere.vindex;

import java.util.Set;

/**
 * A function from column values to where their rows live.
 *
 * <p>Either a {@link SingleColumnVindex} or a {@link MultiColumnVindex}, which compute, or a {@link LookupVindex}, which asks a table. Every
 * implementation is immutable and thread-safe. Source: Vitess' {@code go/vt/vtgate/vindexes/vindex.go}.
 */
public interface Vindex {
    /** The name in the VSchema. */
    String name();

    /** The type in the VSchema, for example {@code xxhash}. */
    String type();

    /** What using it costs the planner, from 0; of several that fit, the cheapest is used. */
    int cost();

    /** Whether a value maps to at most one keyspace id. */
    boolean unique();

    /** Whether it runs queries; such a vindex is of no use where there is no session. */
    boolean needsVCursor();

    /** The names of the parameters that it was given and does not know; they are reported, and have no effect. */
    Set<String> unknownParams();
}
