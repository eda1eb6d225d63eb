/** Statements of databases that the host's YAML defines, through the host's kernel. */
@NullMarked
package io.vtsphere.shardingsphere.kernel.v51;

import org.jspecify.annotations.NullMarked;
