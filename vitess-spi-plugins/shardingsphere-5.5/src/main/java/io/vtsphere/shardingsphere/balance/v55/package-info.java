/** Reads by tablets' health in ShardingSphere 5.5. */
@NullMarked
package io.vtsphere.shardingsphere.balance.v55;

import org.jspecify.annotations.NullMarked;
