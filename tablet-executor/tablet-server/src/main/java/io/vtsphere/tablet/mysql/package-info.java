/** Connections to the tablet's own MySQL: login, one command at a time, bounded pools, kills. */
@NullMarked
package io.vtsphere.tablet.mysql;

import org.jspecify.annotations.NullMarked;
