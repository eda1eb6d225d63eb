/** The vtsphere command. */
@NullMarked
package io.vtsphere.distribution;

import org.jspecify.annotations.NullMarked;
