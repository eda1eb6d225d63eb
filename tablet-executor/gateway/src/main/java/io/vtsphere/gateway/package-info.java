/** The tablet gateway: who exists, who is healthy, who gets this call. */
@NullMarked
package io.vtsphere.gateway;

import org.jspecify.annotations.NullMarked;
