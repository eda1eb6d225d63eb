/** Databases from the topology in ShardingSphere 5.5. */
@NullMarked
package io.vtsphere.shardingsphere.topology.v55;

import org.jspecify.annotations.NullMarked;
