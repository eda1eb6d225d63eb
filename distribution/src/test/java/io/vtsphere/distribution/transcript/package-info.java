/** A recording of a real vtgate, played against this gate. */
@NullMarked
package io.vtsphere.distribution.transcript;

import org.jspecify.annotations.NullMarked;
