/** The MySQL server side of a client connection. */
@NullMarked
package io.vtsphere.frontend;

import org.jspecify.annotations.NullMarked;
