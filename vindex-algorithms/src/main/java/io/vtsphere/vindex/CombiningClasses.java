package io.vtsphere.vindex;

import java.util.Arrays;
import java.util.List;

/**
 * Canonical combining classes of Unicode 15.0, which Vitess is built with: the JDK's own data has another version with every release.
 *
 * <p>Immutable and thread-safe.
 */
final class CombiningClasses {
    private final int[] first;
    private final int[] last;
    private final int[] lead;
    private final int[] trail;

    private CombiningClasses(List<String[]> rows) {
        first = rows.stream().mapToInt(row -> Integer.parseInt(row[0], 16)).toArray();
        last = rows.stream().mapToInt(row -> Integer.parseInt(row[1], 16)).toArray();
        lead = rows.stream().mapToInt(row -> Integer.parseInt(row[2])).toArray();
        trail = rows.stream().mapToInt(row -> Integer.parseInt(row[3])).toArray();
    }

    static CombiningClasses read() {
        return new CombiningClasses(CollationData.rows("combining-classes.tsv"));
    }

    /** The class of the first character of the canonical decomposition; 0 for a starter. */
    int lead(int codePoint) {
        int i = find(codePoint);
        return i < 0 ? 0 : lead[i];
    }

    /** The class of the last character of the canonical decomposition of a character that is no starter. */
    int trail(int codePoint) {
        int i = find(codePoint);
        return i < 0 ? 0 : trail[i];
    }

    private int find(int codePoint) {
        int i = Arrays.binarySearch(first, codePoint);
        int candidate = i >= 0 ? i : -i - 2;
        return candidate >= 0 && codePoint <= last[candidate] ? candidate : -1;
    }
}
