/** What the metrics see of ShardingSphere 5.5. */
@NullMarked
package io.vtsphere.shardingsphere.metrics.v55;

import org.jspecify.annotations.NullMarked;
