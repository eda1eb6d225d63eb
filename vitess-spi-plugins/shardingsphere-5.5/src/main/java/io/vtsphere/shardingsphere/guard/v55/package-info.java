/** What the guard asks ShardingSphere 5.5. */
@NullMarked
package io.vtsphere.shardingsphere.guard.v55;

import org.jspecify.annotations.NullMarked;
