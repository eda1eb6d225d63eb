/** The key-value store below the topology, behind one interface: etcd, and one in memory. */
@NullMarked
package io.vtsphere.topo.connection;

import org.jspecify.annotations.NullMarked;
