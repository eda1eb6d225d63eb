/** Databases from the topology in ShardingSphere 5.1. */
@NullMarked
package io.vtsphere.shardingsphere.topology.v51;

import org.jspecify.annotations.NullMarked;
