/** The MySQL client/server protocol as a codec for both sides. */
@NullMarked
package io.vtsphere.mysql;

import org.jspecify.annotations.NullMarked;
