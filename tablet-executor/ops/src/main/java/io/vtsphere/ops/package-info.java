/** Metrics and health over HTTP. */
@NullMarked
package io.vtsphere.ops;

import org.jspecify.annotations.NullMarked;
