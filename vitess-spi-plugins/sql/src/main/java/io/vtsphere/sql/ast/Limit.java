package io.vtsphere.sql.ast;

import org.jspecify.annotations.Nullable;

/** {@code LIMIT [offset,] count}; both are literals, bind variables or (inside stored programs) names. */
public record Limit(@Nullable Expr offset, Expr count) implements Node {}
