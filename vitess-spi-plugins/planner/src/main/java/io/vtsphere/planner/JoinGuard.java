package io.vtsphere.planner;

/**
 * A condition on an earlier part of a join in the ON of an outer one: where it does not hold, the row goes together with none. Immutable and
 * thread-safe.
 *
 * @param part the number of the earlier part
 * @param holds the offset of a column that is 1 where the condition holds, as offsets of {@link OrderKey}
 */
public record JoinGuard(int part, int holds) {}
