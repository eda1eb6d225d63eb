/** Reads by tablets' health in ShardingSphere 5.1. */
@NullMarked
package io.vtsphere.shardingsphere.balance.v51;

import org.jspecify.annotations.NullMarked;
