package io.vtsphere.planner;

import org.jspecify.annotations.Nullable;

/**
 * One lock function; see {@link Primitive.Lock}. Immutable and thread-safe.
 *
 * @param function in lower case
 * @param name of the lock; null for {@code release_all_locks}
 * @param label of the column
 */
public record LockCall(String function, @Nullable RouteValue name, String label) {}
