package io.vtsphere.sql;

import io.vtsphere.sqltypes.SqlValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The value of one bind variable that the normaliser made: either a single one or a list.
 *
 * @param name without colons
 * @param value null for a list
 * @param list null for a single value
 */
public record BoundValue(
        String name, @Nullable SqlValue value, @Nullable List<SqlValue> list) {}
