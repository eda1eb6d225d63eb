/** The syntax tree of MySQL's SQL as Vitess speaks it: immutable records, compared without their source positions. */
@NullMarked
package io.vtsphere.sql.ast;

import org.jspecify.annotations.NullMarked;
