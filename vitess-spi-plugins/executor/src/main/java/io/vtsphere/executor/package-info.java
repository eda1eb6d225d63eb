/** Runs plans over the tablet gateway: sessions, transactions, scatter, merge. */
@NullMarked
package io.vtsphere.executor;

import org.jspecify.annotations.NullMarked;
