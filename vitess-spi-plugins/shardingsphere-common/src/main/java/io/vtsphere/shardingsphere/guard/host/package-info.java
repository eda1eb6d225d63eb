/** Where the guard stands in a host: behind routing, before anything is sent. Its classes link in 5.1 and in 5.5. */
@NullMarked
package io.vtsphere.shardingsphere.guard.host;

import org.jspecify.annotations.NullMarked;
