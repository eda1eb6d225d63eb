/** Topology: connections, records, VSchema, and the immutable serving snapshot. */
@NullMarked
package io.vtsphere.topo;

import org.jspecify.annotations.NullMarked;
