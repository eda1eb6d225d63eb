package io.vtsphere.sql.ast;

/** {@code column = value} of UPDATE, INSERT … SET and ON DUPLICATE KEY UPDATE. */
public record Assignment(Expr.Column column, Expr value) implements Node {}
