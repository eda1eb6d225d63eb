/** The key generator of ShardingSphere 5.1. */
@NullMarked
package io.vtsphere.shardingsphere.sequence.v51;

import org.jspecify.annotations.NullMarked;
