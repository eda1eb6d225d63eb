/** The quickstart: a whole small Vitess cluster with its gate on this machine, by one command. */
@NullMarked
package io.vtsphere.distribution.quickstart;

import org.jspecify.annotations.NullMarked;
