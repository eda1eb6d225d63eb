package io.vtsphere.topo;

/**
 * The answer to a search for a table.
 *
 * @param routed whether a routing rule led here; the table's own name may then differ from the one asked for, which becomes its alias
 */
public record TableRef(TableVSchema table, boolean routed) {}
