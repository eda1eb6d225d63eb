package io.vtsphere.gateway;

import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.Target;
import org.jspecify.annotations.Nullable;

/**
 * A way to tablets: a target, or one tablet of it.
 *
 * @param alias null for any tablet of the target
 */
public record Way(Target target, @Nullable TabletAlias alias) {}
