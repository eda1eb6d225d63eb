/** What the {@code !VITESS} rule of a host says, the same in both lines. */
@NullMarked
package io.vtsphere.shardingsphere.rule;

import org.jspecify.annotations.NullMarked;
