package io.vtsphere.executor;

import io.vtsphere.sql.ast.Statement;

/**
 * A statement with parameter markers, parsed once. Immutable and thread-safe.
 *
 * @param sql as the client sent it
 * @param key under which its plans are kept
 * @param statement its tree; its parameters are the bind variables {@code v1}, {@code v2} …
 * @param paramCount number of parameters
 */
record PreparedText(String sql, String key, Statement statement, int paramCount) {
    /** Begins the keys of prepared statements, whose literals stay, in the plan cache. */
    private static final String PREPARED = "\u0002";

    PreparedText(String sql, Statement statement, int paramCount) {
        this(sql, PREPARED + sql, statement, paramCount);
    }
}
