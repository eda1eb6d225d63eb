package io.vtsphere.topo.connection;

/**
 * A name in a directory.
 *
 * @param directory whether there are files below it; otherwise it is a file
 * @param ephemeral whether it goes away with the session that made it
 */
public record TopoDirEntry(String name, boolean directory, boolean ephemeral) {}
