package io.vtsphere.vindex;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collation elements of the CLDR 23 root collation (UCA 6.2.0) at primary strength, as golang.org/x/text has them.
 *
 * <p>An element is an int: the primary weight, 21 bits, and above it the combining class, 8 bits, by which marks are put in order. The tables
 * decide where rows live and so never change. Immutable and thread-safe. Source: Vitess' {@code go/mysql/collations/vindex}.
 */
final class RootCollation {
    static final RootCollation INSTANCE = new RootCollation();

    private static final int CLASS_SHIFT = 21;
    private static final int PRIMARY_MASK = (1 << CLASS_SHIFT) - 1;
    private static final int PAGE_BITS = 8;
    private static final int PAGE_MASK = (1 << PAGE_BITS) - 1;

    private static final int COMMON_IDEOGRAPH = 0x10000;
    private static final int RARE_IDEOGRAPH = 0x20000;
    private static final int OTHER = 0x50000;

    /** The Ideographic property of Unicode 15.0, first and last code points. */
    private static final int[] IDEOGRAPHS = {
        0x3006, 0x3007, 0x3021, 0x3029, 0x3038, 0x303A, 0x3400, 0x4DBF, 0x4E00, 0x9FFF, 0xF900, 0xFA6D, 0xFA70, 0xFAD9,
        0x16FE4, 0x16FE4, 0x17000, 0x187F7, 0x18800, 0x18CD5, 0x18D00, 0x18D08, 0x1B170, 0x1B2FB, 0x20000, 0x2A6DF,
        0x2A700, 0x2B739, 0x2B740, 0x2B81D, 0x2B820, 0x2CEA1, 0x2CEB0, 0x2EBE0, 0x2F800, 0x2FA1D, 0x30000, 0x3134A,
        0x31350, 0x323AF
    };

    private final int[] @Nullable [][] pages = new int[0x110000 >> PAGE_BITS][][];
    private final @Nullable Contraction[] @Nullable [] contractions = new Contraction[0x110000 >> PAGE_BITS][];
    private final CombiningClasses classes = CombiningClasses.read();
    /** The primaries of ASCII characters that are one element and start no contraction; else 0. */
    private final int[] ascii = new int[128];

    private RootCollation() {
        List<String[]> rows = CollationData.rows("uca-und-primaries.tsv.gz");
        for (String[] row : rows) {
            if (row[0].equals("C")) {
                addContraction(row[1], weights(row[2]));
            }
        }
        for (String[] row : rows) {
            if (!row[0].equals("C")) {
                addCharacter(Integer.parseInt(row[1], 16), weights(row[2]));
            }
        }
        for (int i = 0; i < ascii.length; i++) {
            int[] elements = elements(i);
            ascii[i] = elements != null && elements.length == 1 && contraction(i) == null ? elements[0] : 0;
        }
    }

    private static int[] weights(String list) {
        return list.isEmpty()
                ? new int[0]
                : Arrays.stream(list.split(","))
                        .mapToInt(weight -> Integer.parseInt(weight, 16))
                        .toArray();
    }

    private void addCharacter(int codePoint, int[] weights) {
        int page = codePoint >> PAGE_BITS;
        int[][] entries = pages[page];
        if (entries == null) {
            entries = new int[1 << PAGE_BITS][];
            pages[page] = entries;
        }
        entries[codePoint & PAGE_MASK] = elements(codePoint, weights);
    }

    /** The weights with their classes, and the weightless elements of the marks that the character is composed with. */
    private int[] elements(int codePoint, int[] weights) {
        int[] decomposed = decompose(Character.toString(codePoint), Normalizer.Form.NFKD);
        int leadClass = classes.lead(codePoint);
        int trailing = leadClass == 0 && !isContraction(decomposed) ? trailingMarks(decomposed) : 0;
        int composed = Math.max(0, Math.min(trailing, decomposed.length - weights.length));
        // A mark without weight still is an element: it has its place among the marks.
        int[] elements = Arrays.copyOf(weights, Math.max(1, weights.length + composed));
        for (int i = 0; i < elements.length - composed; i++) {
            elements[i] |= leadClass << CLASS_SHIFT;
        }
        for (int i = 1; i <= composed; i++) {
            elements[elements.length - i] |= classes.lead(decomposed[decomposed.length - i]) << CLASS_SHIFT;
        }
        return elements;
    }

    private static int[] decompose(String text, Normalizer.Form form) {
        return Normalizer.normalize(text, form).codePoints().toArray();
    }

    private int trailingMarks(int[] decomposed) {
        int count = 0;
        while (count < decomposed.length && classes.lead(decomposed[decomposed.length - 1 - count]) != 0) {
            count++;
        }
        return count;
    }

    private boolean isContraction(int[] sequence) {
        Contraction node = contraction(sequence[0]);
        for (int i = 1; node != null && i < sequence.length; i++) {
            node = node.next(sequence[i]);
        }
        return node != null && node.elements() != null;
    }

    private void addContraction(String codePoints, int[] weights) {
        int[] sequence = Arrays.stream(codePoints.split(" "))
                .mapToInt(codePoint -> Integer.parseInt(codePoint, 16))
                .toArray();
        Contraction node = startContraction(sequence[0]);
        for (int i = 1; i < sequence.length; i++) {
            node = node.add(sequence[i]);
        }
        // The i-th element has the class of the i-th character of the decomposition, if that has as many.
        int[] decomposed = decompose(new String(sequence, 0, sequence.length), Normalizer.Form.NFD);
        for (int i = 0; i < weights.length; i++) {
            int markClass = classes.lead(decomposed[weights.length <= decomposed.length ? i : 0]);
            weights[i] |= markClass << CLASS_SHIFT;
        }
        node.elements(weights);
    }

    private Contraction startContraction(int codePoint) {
        @Nullable Contraction[] page = contractions[codePoint >> PAGE_BITS];
        if (page == null) {
            page = new Contraction[1 << PAGE_BITS];
            contractions[codePoint >> PAGE_BITS] = page;
        }
        Contraction start = page[codePoint & PAGE_MASK];
        if (start == null) {
            start = new Contraction();
            page[codePoint & PAGE_MASK] = start;
        }
        return start;
    }

    static int primary(int element) {
        return element & PRIMARY_MASK;
    }

    static int combiningClass(int element) {
        return element >>> CLASS_SHIFT;
    }

    int ascii(byte character) {
        return ascii[character];
    }

    /** The elements of a character by itself, at least one; null if the table does not list it. */
    int @Nullable [] elements(int codePoint) {
        int[][] page = pages[codePoint >> PAGE_BITS];
        return page == null ? null : page[codePoint & PAGE_MASK];
    }

    /** What may follow a character to form one weight with it; null, mostly, if nothing does. */
    @Nullable
    Contraction contraction(int codePoint) {
        @Nullable Contraction[] page = contractions[codePoint >> PAGE_BITS];
        return page == null ? null : page[codePoint & PAGE_MASK];
    }

    CombiningClasses classes() {
        return classes;
    }

    /** The weight of a character that the table does not list, and that is no Hangul syllable. */
    static int implicitPrimary(int codePoint) {
        if (!isIdeograph(codePoint)) {
            return codePoint + OTHER;
        }
        boolean common = (codePoint >= 0x4E00 && codePoint <= 0x9FFF) || (codePoint >= 0xF900 && codePoint <= 0xFAFF);
        return codePoint + (common ? COMMON_IDEOGRAPH : RARE_IDEOGRAPH);
    }

    private static boolean isIdeograph(int codePoint) {
        int i = Arrays.binarySearch(IDEOGRAPHS, codePoint);
        // Between a first and a last code point, the place to insert is odd.
        return i >= 0 || (-i - 1 & 1) == 1;
    }
}
