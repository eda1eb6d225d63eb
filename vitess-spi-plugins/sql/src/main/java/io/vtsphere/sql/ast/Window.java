package io.vtsphere.sql.ast;

/** A named window of a WINDOW clause: {@code name AS (…)}. */
public record Window(String name, Windowing windowing) implements Node {}
