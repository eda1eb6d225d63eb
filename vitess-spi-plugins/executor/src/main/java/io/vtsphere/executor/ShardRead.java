package io.vtsphere.executor;

import io.vtsphere.planner.QueryText;
import java.util.List;

/**
 * A query to shards that is yet to be made.
 *
 * @param shards at least one
 * @param joinsTransaction whether it reads rows, and so belongs into the session's transaction; so it is for several shards
 */
record ShardRead(List<ShardQuery> shards, QueryText query, Binds binds, boolean joinsTransaction) {}
