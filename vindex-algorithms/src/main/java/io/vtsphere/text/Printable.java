package io.vtsphere.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The characters that Go prints as they are: letters, marks, numbers, punctuation, symbols and the ASCII space of Unicode 15.0, which Vitess
 * is built with. The JDK's own data has another version with every release.
 *
 * <p>Source: Go's {@code unicode.IsPrint}.
 */
final class Printable {
    /** The first and the last character of each range, in order. */
    private static final int[] BOUNDS = read();

    private Printable() {}

    static boolean is(int codePoint) {
        int i = Arrays.binarySearch(BOUNDS, codePoint);
        // Between a first and a last character, the place to insert is odd.
        return i >= 0 || (-i - 1 & 1) == 1;
    }

    private static int[] read() {
        try (InputStream file = Printable.class.getResourceAsStream("printable.tsv")) {
            if (file == null) {
                throw new IllegalStateException("the jar lacks printable.tsv");
            }
            return new BufferedReader(new InputStreamReader(file, StandardCharsets.US_ASCII))
                    .lines()
                    .flatMap(line -> Arrays.stream(line.split("\t")))
                    .mapToInt(bound -> Integer.parseInt(bound, 16))
                    .toArray();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read printable.tsv", e);
        }
    }
}
