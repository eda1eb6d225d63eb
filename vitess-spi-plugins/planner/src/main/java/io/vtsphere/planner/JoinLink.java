package io.vtsphere.planner;

/**
 * An equality between a column of an earlier part of a join and one of this part. Immutable and thread-safe.
 *
 * @param part the number of the earlier part
 * @param oneCollation whether the VSchema says that both columns are of the same collation; false where it does not say
 */
public record JoinLink(int part, JoinColumn earlier, JoinColumn own, boolean oneCollation) {}
