package io.vtsphere.sql.ast;

import java.util.List;

/**
 * The comments after the first word of a statement, where Vitess reads its directives and MySQL its optimizer hints; each with its
 * delimiters, in order. Comments elsewhere are dropped.
 */
public record Comments(List<String> texts) {
    public static final Comments NONE = new Comments(List.of());

    public Comments {
        texts = List.copyOf(texts);
    }

    public static Comments of(List<String> texts) {
        return texts.isEmpty() ? NONE : new Comments(texts);
    }

    public boolean isEmpty() {
        return texts.isEmpty();
    }
}
