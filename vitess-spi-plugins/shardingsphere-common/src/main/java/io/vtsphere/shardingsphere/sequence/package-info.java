/** Ids from a Vitess sequence table, for a host's key generators. */
@NullMarked
package io.vtsphere.shardingsphere.sequence;

import org.jspecify.annotations.NullMarked;
