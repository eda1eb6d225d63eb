package io.vtsphere.sql.ast;

import org.jspecify.annotations.Nullable;

/**
 * One assignment of a SET.
 *
 * @param target an {@link Expr.SystemVariable} or an {@link Expr.UserVariable}; {@code SET NAMES} and {@code SET CHARACTER SET} assign
 *     to the system variables {@code names} and {@code charset}
 * @param value {@link Expr.Default} for DEFAULT; {@code ON} and {@code OFF} are the strings 'on' and 'off', any other bare word is a
 *     column
 * @param collation of {@code SET NAMES x COLLATE y}, else null
 */
public record SetItem(Expr target, Expr value, @Nullable String collation) {}
