/** SQL types and values as Vitess carries them: a type number and MySQL's text form as bytes. */
@NullMarked
package io.vtsphere.sqltypes;

import org.jspecify.annotations.NullMarked;
