/** The one list of errors: Vitess code, gRPC code, MySQL errno and SQLState. */
@NullMarked
package io.vtsphere.vterrors;

import org.jspecify.annotations.NullMarked;
