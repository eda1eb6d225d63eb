package io.vtsphere.vindex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node of the tree of contractions: the characters that lead here weigh together {@link #elements}, and may be followed by more.
 *
 * <p>Built once, then not changed any more; thread-safe from then on.
 */
final class Contraction {
    private int[] codePoints = {};
    private final List<Contraction> next = new ArrayList<>();
    private int @Nullable [] elements;

    /** The node for one more character, or null if no contraction goes on with it. */
    @Nullable
    Contraction next(int codePoint) {
        for (int i = 0; i < codePoints.length; i++) {
            if (codePoints[i] == codePoint) {
                return next.get(i);
            }
        }
        return null;
    }

    boolean isLeaf() {
        return codePoints.length == 0;
    }

    /** The collation elements of the characters up to here; null if they are only the start of a contraction. */
    int @Nullable [] elements() {
        return elements;
    }

    Contraction add(int codePoint) {
        Contraction known = next(codePoint);
        if (known != null) {
            return known;
        }
        Contraction added = new Contraction();
        int[] longer = Arrays.copyOf(codePoints, codePoints.length + 1);
        longer[codePoints.length] = codePoint;
        codePoints = longer;
        next.add(added);
        return added;
    }

    void elements(int[] weights) {
        this.elements = weights;
    }
}
