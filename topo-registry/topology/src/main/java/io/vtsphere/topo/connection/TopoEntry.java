package io.vtsphere.topo.connection;

import com.google.protobuf.ByteString;

/**
 * A file of the topology.
 *
 * @param path below the connection's root, without a slash at either end
 * @param version of the contents; larger after every change, also when the file was deleted in between
 */
public record TopoEntry(String path, ByteString contents, long version) {}
