package io.vtsphere.planner;

/**
 * One column of one table occurrence.
 *
 * @param column its name in lower case
 */
record ColumnId(Occurrence occurrence, String column) {
    @Override
    public String toString() {
        return occurrence.exposedName() + "." + column;
    }
}
