/** The key generator of ShardingSphere 5.5. */
@NullMarked
package io.vtsphere.shardingsphere.sequence.v55;

import org.jspecify.annotations.NullMarked;
