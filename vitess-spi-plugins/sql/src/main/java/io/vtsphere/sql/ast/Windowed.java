package io.vtsphere.sql.ast;

import org.jspecify.annotations.Nullable;

/**
 * {@code function OVER window}.
 *
 * @param function an {@link Aggregate}, a {@link Call} or a {@link GroupConcat}
 * @param fromLast {@code FROM FIRST} (false) or {@code FROM LAST} (true), null if not written
 * @param ignoreNulls {@code RESPECT NULLS} (false) or {@code IGNORE NULLS} (true), null if not written
 * @param name {@code OVER name}; then there is no window
 * @param window {@code OVER (…)}; null with a name
 */
public record Windowed(
        Expr function,
        @Nullable Boolean fromLast,
        @Nullable Boolean ignoreNulls,
        @Nullable String name,
        @Nullable Windowing window)
        implements Expr {
    @Override
    public <R> R accept(ExprVisitor<R> visitor) {
        return visitor.windowed(this);
    }
}
