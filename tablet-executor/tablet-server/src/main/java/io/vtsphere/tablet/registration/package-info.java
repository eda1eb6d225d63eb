/** The tablet's own records in the topology. */
@NullMarked
package io.vtsphere.tablet.registration;

import org.jspecify.annotations.NullMarked;
