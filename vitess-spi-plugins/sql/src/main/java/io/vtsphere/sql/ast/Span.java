package io.vtsphere.sql.ast;

/**
 * Where a node stands in the text it was parsed from: character offsets, end exclusive.
 *
 * <p>All spans are equal to each other, so that two records that differ only in their place in the text are equal. Immutable.
 */
public final class Span {
    /** The place of a node that was not parsed but built. */
    public static final Span NONE = new Span(-1, -1);

    private final int start;
    private final int end;

    private Span(int start, int end) {
        this.start = start;
        this.end = end;
    }

    public static Span of(int start, int end) {
        return new Span(start, end);
    }

    /** The offset of the first character; -1 for {@link #NONE}. */
    public int start() {
        return start;
    }

    /** The offset after the last character; -1 for {@link #NONE}. */
    public int end() {
        return end;
    }

    public boolean isKnown() {
        return start >= 0;
    }

    /** The characters of this place in the text that was parsed; empty for {@link #NONE}. */
    public String slice(String sql) {
        return isKnown() ? sql.substring(start, end) : "";
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Span;
    }

    @Override
    public int hashCode() {
        return 0;
    }

    @Override
    public String toString() {
        return start + ".." + end;
    }
}
