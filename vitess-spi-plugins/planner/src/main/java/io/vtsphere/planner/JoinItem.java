package io.vtsphere.planner;

/**
 * Neighbouring columns of one part of a join that are columns of the result. Offsets count as those of {@link OrderKey}, because a star hides
 * how many columns there are. Immutable and thread-safe.
 *
 * @param part its number
 * @param first the offset of the first column
 * @param last the offset of the last one
 */
public record JoinItem(int part, int first, int last) {}
