package io.vtsphere.vindex;

/**
 * Where a row, or a set of rows, lives: what a vindex maps a value to.
 *
 * <p>Every kind prints itself as Vitess does: {@code DestinationKeyspaceID(166b40b44aba4bd6)}, through {@link Destinations#print}.
 * Immutable and thread-safe. Source: Vitess' {@code go/vt/key/destination.go}, the kinds that a vindex can give.
 */
public sealed interface Destination permits KeyspaceId, KeyspaceIds, KeyRange, None, AllShards {}
