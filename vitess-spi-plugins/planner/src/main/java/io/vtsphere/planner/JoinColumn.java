package io.vtsphere.planner;

/**
 * A column by which rows of one part of a join go together with rows of another. Offsets count as those of {@link OrderKey}. Immutable and
 * thread-safe.
 *
 * @param value the offset of the value
 * @param weight the offset of {@code weight_string(value)}; {@link OrderKey#NONE} for a column that is known to be no text
 * @param collation the offset of {@code collation(value)}, as {@code weight}
 */
public record JoinColumn(int value, int weight, int collation) {}
