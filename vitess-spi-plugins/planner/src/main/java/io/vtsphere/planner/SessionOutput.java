package io.vtsphere.planner;

import io.vtsphere.sqltypes.SqlType;
import org.jspecify.annotations.Nullable;

/**
 * One column of a {@link Primitive.SessionRow}. Immutable and thread-safe.
 *
 * @param label the column's name as MySQL gives it
 * @param type the type of the value where it is written in the statement; null where the bind variable says it
 */
public record SessionOutput(
        String label, RouteValue value, @Nullable SqlType type) {}
