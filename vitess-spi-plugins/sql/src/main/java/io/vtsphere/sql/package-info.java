/** The MySQL language: lexer, parser, tree, printer, normaliser. */
@NullMarked
package io.vtsphere.sql;

import org.jspecify.annotations.NullMarked;
