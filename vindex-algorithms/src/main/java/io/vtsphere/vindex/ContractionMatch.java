package io.vtsphere.vindex;

import io.vtsphere.text.Utf8;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the longest contraction behind its first character, also across marks that do not stand in the way.
 *
 * <p>A mark is skipped if its class is below that of the mark that goes on with the contraction (UCA rule S2.1), within one normalisation
 * segment; skipped marks are weighed after the contraction.
 */
final class ContractionMatch {
    private static final int MAX_NON_STARTERS = 30;

    private final CollationKey key;
    private final CombiningClasses classes = RootCollation.INSTANCE.classes();
    private Contraction node;
    private int[] elements;
    /** The end of the longest match so far, and of what may be matched at all. */
    private int matchedTo;

    private int limit;
    private @Nullable ByteArrayOutputStream skipped;
    private int skippedInMatch;

    /**
     * @param node what may follow the first character
     * @param elements those of the first character by itself
     */
    ContractionMatch(CollationKey key, Contraction node, int[] elements) {
        this.key = key;
        this.node = node;
        this.elements = elements;
    }

    /** Appends the elements of the longest contraction, and answers how many bytes behind the first character belong to it. */
    int append(byte[] text, int from, int to) {
        matchedTo = from;
        limit = to;
        int at = scan(text, from);
        if (!node.isLeaf() && at < to && text[at] < 0) {
            acrossMarks(text, at, to);
        }
        key.elements(elements);
        if (skipped != null) {
            byte[] marks = skipped.toByteArray();
            for (int i = 0; i < skippedInMatch; ) {
                i += key.append(marks, i, skippedInMatch);
            }
        }
        return matchedTo - from;
    }

    private void acrossMarks(byte[] text, int from, int to) {
        int skippedFrom = from;
        int first = codePoint(text, from, to);
        int at = from + Utf8.sizeAt(text, from, to);
        if (classes.lead(first) == 0) {
            return;
        }
        int previous = classes.trail(first);
        limit = segmentEnd(text, at, to);
        while (at < to && !node.isLeaf() && text[at] < 0) {
            int mark = codePoint(text, at, to);
            int markClass = classes.lead(mark);
            if (markClass == 0 || previous >= markClass) {
                return;
            }
            previous = classes.trail(mark);
            int end = scan(text, at);
            if (end == at) {
                at += Utf8.sizeAt(text, at, to);
                continue;
            }
            if (skipped == null) {
                skipped = new ByteArrayOutputStream();
            }
            skipped.write(text, skippedFrom, at - skippedFrom);
            if (matchedTo == end) {
                skippedInMatch = skipped.size();
            }
            at = end;
            skippedFrom = end;
        }
    }

    /** Goes on with the contraction as far as the text does, and answers where it stopped. */
    private int scan(byte[] text, int from) {
        int at = from;
        while (at < limit && !node.isLeaf()) {
            Contraction next = node.next(codePoint(text, at, limit));
            if (next == null) {
                return at;
            }
            at += Utf8.sizeAt(text, at, limit);
            node = next;
            int[] matched = next.elements();
            if (matched != null) {
                elements = matched;
                matchedTo = at;
            }
        }
        return at;
    }

    /** The next starter, or where the run of marks gets too long. */
    private int segmentEnd(byte[] text, int from, int to) {
        int at = from;
        for (int count = 0; at < to && count < MAX_NON_STARTERS; count++) {
            if (classes.lead(codePoint(text, at, to)) == 0) {
                return at;
            }
            at += Utf8.sizeAt(text, at, to);
        }
        return at;
    }

    private static int codePoint(byte[] text, int at, int to) {
        return Utf8.codePointAt(text, at, Utf8.sizeAt(text, at, to));
    }
}
