/** The {@code !VITESS} rule of ShardingSphere 5.5. */
@NullMarked
package io.vtsphere.shardingsphere.rule.v55;

import org.jspecify.annotations.NullMarked;
