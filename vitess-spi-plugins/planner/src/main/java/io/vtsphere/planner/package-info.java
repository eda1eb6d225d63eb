/** SQL and VSchema to immutable plans. */
@NullMarked
package io.vtsphere.planner;

import org.jspecify.annotations.NullMarked;
