/** Configured values by key. */
@NullMarked
package io.vtsphere.keys;

import org.jspecify.annotations.NullMarked;
