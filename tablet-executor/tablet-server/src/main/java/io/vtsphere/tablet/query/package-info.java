/** What a statement is, how bind variables become SQL, and how MySQL's answer becomes a QueryResult. */
@NullMarked
package io.vtsphere.tablet.query;

import org.jspecify.annotations.NullMarked;
