package io.vtsphere.vindex;

import java.util.Arrays;

/**
 * The collation elements of a run of marks, put in the order of their combining classes before they are written.
 *
 * <p>Elements come in blocks, those of one character or contraction. A block is moved as a whole, by the class of its first element, before the
 * elements of higher class at the end of the run; elements of class 0 end the run. For one text, by one thread. Source: the iterator of
 * Vitess' {@code go/mysql/collations/vindex/internal/colltab}, whose order within odd blocks decides keyspace ids too.
 */
final class PendingMarks {
    /** A run that would get longer is cut. */
    private static final int MAX_RUN = 30;

    private static final int[] NOTHING = {};

    private final CollationKey key;
    private int[] elements = NOTHING;
    private int count;
    /** Where the block that is being added starts. */
    private int blockStart;
    /** The class up to which the run is in order. */
    private int runClass;

    PendingMarks(CollationKey key) {
        this.key = key;
    }

    boolean isEmpty() {
        return count == 0;
    }

    void startBlock() {
        blockStart = count;
    }

    void add(int element) {
        if (count == elements.length) {
            elements = Arrays.copyOf(elements, Math.max(8, 2 * count));
        }
        elements[count++] = element;
    }

    void endBlock() {
        if (blockStart == 0) {
            settle();
            return;
        }
        int markClass = RootCollation.combiningClass(elements[blockStart]);
        if (markClass == 0 || count > MAX_RUN) {
            write(blockStart);
            settle();
        } else if (markClass < runClass) {
            moveBlock(markClass);
        } else {
            runClass = markClass;
        }
    }

    /** Writes what no mark can move before any more; what is left is a run of marks. */
    private void settle() {
        if (count == 0) {
            return;
        }
        int lastClass = RootCollation.combiningClass(elements[count - 1]);
        if (lastClass == 0) {
            write(count);
            return;
        }
        int starters = 0;
        while (RootCollation.combiningClass(elements[starters]) == 0) {
            starters++;
        }
        write(starters);
        runClass = lastClass;
    }

    private void moveBlock(int markClass) {
        int to = blockStart - 1;
        while (to > 0 && markClass < RootCollation.combiningClass(elements[to - 1])) {
            to--;
        }
        int[] block = Arrays.copyOfRange(elements, blockStart, count);
        System.arraycopy(elements, to, elements, to + block.length, blockStart - to);
        System.arraycopy(block, 0, elements, to, block.length);
    }

    void flush() {
        write(count);
    }

    private void write(int end) {
        for (int i = 0; i < end; i++) {
            key.write(RootCollation.primary(elements[i]));
        }
        count -= end;
        System.arraycopy(elements, end, elements, 0, count);
    }
}
