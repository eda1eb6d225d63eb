package io.vtsphere.topo;

/**
 * A column whose missing values come from a sequence.
 *
 * @param sequence the sequence table; qualified once the VSchema is resolved
 */
public record AutoIncrement(String column, TableName sequence) {}
