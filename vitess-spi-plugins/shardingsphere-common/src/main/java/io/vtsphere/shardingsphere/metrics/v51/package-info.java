/** What the metrics see of ShardingSphere 5.1. */
@NullMarked
package io.vtsphere.shardingsphere.metrics.v51;

import org.jspecify.annotations.NullMarked;
