/** Topologies with keyspaces, shards and tablets, for tests. */
@NullMarked
package io.vtsphere.testcluster;

import org.jspecify.annotations.NullMarked;
