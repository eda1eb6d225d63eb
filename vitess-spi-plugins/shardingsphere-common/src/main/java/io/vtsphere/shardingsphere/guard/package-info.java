/** Which statements a host's kernel answers wrong over several shards. Knows no type of any host. */
@NullMarked
package io.vtsphere.shardingsphere.guard;

import org.jspecify.annotations.NullMarked;
