/** Rows on their way to a tablet that answers a query over them: their columns' definitions, their document, their size. */
@NullMarked
package io.vtsphere.executor.gather;

import org.jspecify.annotations.NullMarked;
