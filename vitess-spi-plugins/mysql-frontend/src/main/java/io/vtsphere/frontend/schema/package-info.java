/** Asks the keyspaces' MySQLs for their tables, columns and foreign keys. */
@NullMarked
package io.vtsphere.frontend.schema;

import org.jspecify.annotations.NullMarked;
