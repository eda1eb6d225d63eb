/** Text as Go's library reads and prints it, because Vitess' rules and errors are made of it. */
@NullMarked
package io.vtsphere.text;

import org.jspecify.annotations.NullMarked;
