package io.vtsphere.vindex;

/**
 * How a plan asks a lookup table.
 *
 * @param sql the select, with the ids as the tuple {@code argument}
 * @param argument the bind variable's name
 * @param batch whether several ids may be asked in one query, even if they are not numbers
 * @param commitOrder the session that the query runs in
 * @param autocommit whether it runs outside the client's transaction
 */
public record LookupQuery(
        String sql, String argument, boolean batch, VindexQueries.CommitOrder commitOrder, boolean autocommit) {}
