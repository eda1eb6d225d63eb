/** Transactions and reserved connections: ids, time limits, and why an id has ended. */
@NullMarked
package io.vtsphere.tablet.transaction;

import org.jspecify.annotations.NullMarked;
