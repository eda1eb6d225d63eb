/** Follows the topology and keeps the serving snapshot up to date. */
@NullMarked
package io.vtsphere.topo.watch;

import org.jspecify.annotations.NullMarked;
