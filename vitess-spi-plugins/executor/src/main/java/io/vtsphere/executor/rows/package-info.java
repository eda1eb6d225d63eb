/** Arithmetic and order of decoded row values: what merges the rows of several shards exactly as one MySQL would. Pure. */
@NullMarked
package io.vtsphere.executor.rows;

import org.jspecify.annotations.NullMarked;
