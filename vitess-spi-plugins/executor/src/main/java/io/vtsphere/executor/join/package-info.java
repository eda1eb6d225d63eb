/** Rows of several reads that go together: by which values, and what becomes of them. */
@NullMarked
package io.vtsphere.executor.join;

import org.jspecify.annotations.NullMarked;
