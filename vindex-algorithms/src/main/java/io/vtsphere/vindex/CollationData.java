package io.vtsphere.vindex;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The tables in the jar: lines of fields separated by tabs. */
final class CollationData {
    private CollationData() {}

    static List<String[]> rows(String resource) {
        try (InputStream file = CollationData.class.getResourceAsStream(resource)) {
            if (file == null) {
                throw new IllegalStateException("the jar lacks " + resource);
            }
            InputStream plain = resource.endsWith(".gz") ? new GZIPInputStream(file) : file;
            return new BufferedReader(new InputStreamReader(plain, StandardCharsets.US_ASCII))
                    .lines()
                    .map(line -> line.split("\t", -1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }
}
