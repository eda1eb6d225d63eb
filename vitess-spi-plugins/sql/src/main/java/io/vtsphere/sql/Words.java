package io.vtsphere.sql;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The table of known words (resource {@code words.txt}): open addressing over a case-blind hash of ASCII letters. */
final class Words {
    /** A power of two, some four times the number of words. */
    private static final int SIZE = 4096;

    private static final @Nullable Word[] TABLE = load();

    /**
     * One word.
     *
     * @param text in lower case
     * @param reserved cannot be a name unless quoted
     * @param quoted is put into quotes when printed as a name
     */
    record Word(String text, boolean reserved, boolean quoted) {}

    private Words() {}

    private static @Nullable Word[] load() {
        @Nullable Word[] table = new @Nullable Word[SIZE];
        try (InputStream in = Words.class.getResourceAsStream("words.txt")) {
            if (in == null) {
                throw new IllegalStateException("resource words.txt is missing beside " + Words.class.getName());
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("#")) {
                    continue;
                }
                String text = line.substring(2).intern();
                char kind = line.charAt(0);
                int slot = hash(text, 0, text.length()) & (SIZE - 1);
                while (table[slot] != null) {
                    slot = (slot + 1) & (SIZE - 1);
                }
                table[slot] = new Word(text, kind == 'R', kind != 'W');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return table;
    }

    static int hash(String sql, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = hash * 31 + (sql.charAt(i) | 0x20);
        }
        return hash ^ (hash >>> 12);
    }

    /** The word that stands there in any case, or null. */
    static @Nullable Word find(String sql, int start, int end) {
        int slot = hash(sql, start, end) & (SIZE - 1);
        while (true) {
            Word word = TABLE[slot];
            if (word == null || matches(word.text(), sql, start, end)) {
                return word;
            }
            slot = (slot + 1) & (SIZE - 1);
        }
    }

    private static boolean matches(String word, String sql, int start, int end) {
        if (word.length() != end - start) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            char c = sql.charAt(start + i);
            if (c >= 'A' && c <= 'Z') {
                c += 32;
            }
            if (c != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
