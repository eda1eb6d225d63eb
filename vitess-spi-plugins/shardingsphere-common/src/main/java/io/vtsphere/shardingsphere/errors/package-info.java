/** Errors as they reach the client of a ShardingSphere host. */
@NullMarked
package io.vtsphere.shardingsphere.errors;

import org.jspecify.annotations.NullMarked;
