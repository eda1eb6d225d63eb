/** A tablet: Vitess's query service over one MySQL. */
@NullMarked
package io.vtsphere.tablet;

import org.jspecify.annotations.NullMarked;
