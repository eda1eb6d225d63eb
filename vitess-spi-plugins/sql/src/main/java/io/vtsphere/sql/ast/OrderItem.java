package io.vtsphere.sql.ast;

/** One entry of an ORDER BY. */
public record OrderItem(Expr expr, boolean descending) implements Node {}
