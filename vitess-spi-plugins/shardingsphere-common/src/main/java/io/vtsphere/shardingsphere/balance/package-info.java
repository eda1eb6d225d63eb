/** Which data source a host reads from, by the health of the tablets behind it. */
@NullMarked
package io.vtsphere.shardingsphere.balance;

import org.jspecify.annotations.NullMarked;
