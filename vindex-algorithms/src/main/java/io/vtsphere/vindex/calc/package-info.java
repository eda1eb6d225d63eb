/** Vindexes by hand: where a value goes, for people and for scripts. */
@NullMarked
package io.vtsphere.vindex.calc;

import org.jspecify.annotations.NullMarked;
