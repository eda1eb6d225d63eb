package io.vtsphere.executor;

import io.vtsphere.sql.ast.Statement;
import java.util.Set;

/**
 * A statement with parameter markers, parsed once. Immutable and thread-safe.
 *
 * @param sql as the client sent it
 * @param statement its tree; its parameters are the bind variables {@code v1}, {@code v2} …
 * @param paramCount number of parameters
 * @param limits those that stand in a LIMIT
 */
record PreparedText(String sql, Statement statement, int paramCount, Set<String> limits) {}
