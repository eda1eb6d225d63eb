/** The gate as a whole: configuration by key, and everything that it names put together. */
@NullMarked
package io.vtsphere.frontend.server;

import org.jspecify.annotations.NullMarked;
