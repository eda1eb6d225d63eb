/** The {@code !VITESS} rule of ShardingSphere 5.1. */
@NullMarked
package io.vtsphere.shardingsphere.rule.v51;

import org.jspecify.annotations.NullMarked;
