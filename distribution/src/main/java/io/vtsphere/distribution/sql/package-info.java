/** {@code vtsphere sql}: statements read and printed in their canonical form. */
@NullMarked
package io.vtsphere.distribution.sql;

import org.jspecify.annotations.NullMarked;
