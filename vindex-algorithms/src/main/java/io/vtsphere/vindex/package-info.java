/** Keyspace ids, key ranges and every Vitess vindex type. Pure functions, no I/O. */
@NullMarked
package io.vtsphere.vindex;

import org.jspecify.annotations.NullMarked;
