/** Whether this tablet serves, how far it lags behind its primary, and who is told. */
@NullMarked
package io.vtsphere.tablet.health;

import org.jspecify.annotations.NullMarked;
