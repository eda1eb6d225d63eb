/** {@code jdbc:vitess:} — one shard, or one keyspace, as a data source of any JDBC application. */
@NullMarked
package io.vtsphere.jdbc;

import org.jspecify.annotations.NullMarked;
