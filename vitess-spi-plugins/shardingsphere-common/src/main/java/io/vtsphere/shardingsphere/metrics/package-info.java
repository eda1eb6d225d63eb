/** Prometheus' endpoint of the plug-ins: off, unless the {@code !VITESS} rule names a port. */
@NullMarked
package io.vtsphere.shardingsphere.metrics;

import org.jspecify.annotations.NullMarked;
