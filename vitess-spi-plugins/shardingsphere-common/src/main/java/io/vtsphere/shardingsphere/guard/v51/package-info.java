/** What the guard asks ShardingSphere 5.1. */
@NullMarked
package io.vtsphere.shardingsphere.guard.v51;

import org.jspecify.annotations.NullMarked;
