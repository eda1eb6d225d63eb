/** Vindexes as sharding algorithms of a ShardingSphere host, without a topology. */
@NullMarked
package io.vtsphere.shardingsphere.algorithm;

import org.jspecify.annotations.NullMarked;
