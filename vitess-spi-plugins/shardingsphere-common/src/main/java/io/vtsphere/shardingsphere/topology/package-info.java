/** Databases of a host, one for each keyspace, that follow the topology and its VSchemas. */
@NullMarked
package io.vtsphere.shardingsphere.topology;

import org.jspecify.annotations.NullMarked;
