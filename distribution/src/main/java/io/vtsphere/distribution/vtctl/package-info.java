/** {@code vtsphere vtctl}, {@code topo} and {@code vschema}: the topology's administration by the names and flags of vtctldclient. */
@NullMarked
package io.vtsphere.distribution.vtctl;

import org.jspecify.annotations.NullMarked;
