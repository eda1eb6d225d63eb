package io.vtsphere.vindex;

import io.vtsphere.text.Utf8;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes by which {@code unicode_loose_*} hashes a text: the primary weights of its characters, two or three bytes each.
 *
 * <p>Marks that carry a weight are put in the order of their combining classes, as normalising the text would. Made for one text, by one
 * thread. Source: Vitess' {@code go/mysql/collations/vindex/internal/colltab}.
 */
final class CollationKey {
    /** Longer runs of marks are cut there. */
    private static final int MAX_MARKS = 30;

    private static final int FIRST_HANGUL = 0xAC00;
    private static final int LAST_HANGUL = 0xD7A3;
    private static final int MAX_TWO_BYTES = 0x7FFF;

    private final RootCollation collation = RootCollation.INSTANCE;
    private byte[] bytes;
    private int length;
    /** The marks since the last starter; those that weigh something are in {@link #weighty}, in order. */
    private int marks;

    private int @Nullable [] weighty;
    private int weightyCount;

    private CollationKey(int textLength) {
        this.bytes = new byte[2 * textLength + 16];
    }

    /** The key of valid UTF-8. */
    static CollationKey of(byte[] text, int from, int to) {
        CollationKey key = new CollationKey(to - from);
        for (int i = from; i < to; ) {
            i += key.append(text, i, to);
        }
        key.flushMarks();
        return key;
    }

    /** The key, from index 0. */
    byte[] bytes() {
        return bytes;
    }

    /** How many of {@link #bytes} are the key. */
    int length() {
        return length;
    }

    /** Appends the elements of the next character or contraction, and answers how many bytes that was. */
    int append(byte[] text, int at, int to) {
        if (text[at] >= 0) {
            int primary = collation.ascii(text[at]);
            if (primary != 0) {
                element(primary);
                return 1;
            }
        }
        int size = Utf8.sizeAt(text, at, to);
        int codePoint = Utf8.codePointAt(text, at, size);
        int[] elements = collation.elements(codePoint);
        if (elements == null) {
            unlisted(codePoint);
            return size;
        }
        Contraction contraction = collation.contraction(codePoint);
        if (contraction == null) {
            elements(elements);
            return size;
        }
        return size + new ContractionMatch(this, contraction, elements).append(text, at + size, to);
    }

    private void unlisted(int codePoint) {
        if (codePoint < FIRST_HANGUL || codePoint > LAST_HANGUL) {
            element(RootCollation.implicitPrimary(codePoint));
            return;
        }
        int index = codePoint - FIRST_HANGUL;
        jamo(0x1100 + index / 588);
        jamo(0x1161 + index % 588 / 28);
        if (index % 28 != 0) {
            jamo(0x11A7 + index % 28);
        }
    }

    private void jamo(int codePoint) {
        int[] elements = collation.elements(codePoint);
        if (elements != null) {
            elements(elements);
        }
    }

    void elements(int[] elements) {
        for (int element : elements) {
            element(element);
        }
    }

    private void element(int element) {
        int markClass = RootCollation.combiningClass(element);
        if (markClass != 0) {
            mark(element, markClass);
            return;
        }
        if (marks != 0) {
            flushMarks();
        }
        write(element);
    }

    private void mark(int element, int markClass) {
        if (marks == MAX_MARKS) {
            flushMarks();
        }
        marks++;
        if (RootCollation.primary(element) == 0) {
            return;
        }
        if (weighty == null) {
            weighty = new int[MAX_MARKS];
        }
        int i = weightyCount++;
        for (; i > 0 && RootCollation.combiningClass(weighty[i - 1]) > markClass; i--) {
            weighty[i] = weighty[i - 1];
        }
        weighty[i] = element;
    }

    private void flushMarks() {
        if (weighty != null) {
            for (int i = 0; i < weightyCount; i++) {
                write(RootCollation.primary(weighty[i]));
            }
        }
        weightyCount = 0;
        marks = 0;
    }

    private void write(int primary) {
        if (primary == 0) {
            return;
        }
        if (length + 3 > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        if (primary <= MAX_TWO_BYTES) {
            bytes[length++] = (byte) (primary >> 8);
        } else {
            bytes[length++] = (byte) (primary >> 16 | 0x80);
            bytes[length++] = (byte) (primary >> 8);
        }
        bytes[length++] = (byte) primary;
    }
}
