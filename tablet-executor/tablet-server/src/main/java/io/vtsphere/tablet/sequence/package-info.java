/** Sequences: tables that hand out blocks of numbers. */
@NullMarked
package io.vtsphere.tablet.sequence;

import org.jspecify.annotations.NullMarked;
