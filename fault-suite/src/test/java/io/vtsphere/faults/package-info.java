/** Faults under load, with real tablet servers, MySQLs and an etcd. */
@NullMarked
package io.vtsphere.faults;

import org.jspecify.annotations.NullMarked;
