package io.vtsphere.distribution.transcript;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The steps that may be answered differently, each with its reasons; docs/compatibility.md says what the reasons are.
 *
 * <p>Lines {@code = reason: part part} or {@code ~ reason: part part} say which parts of an answer a reason covers; with {@code =} a
 * listed step must differ, with {@code ~} it may. Lines {@code section step: reason, reason} list the steps.
 */
final class Listed {
    private final Map<String, Set<String>> parts = new LinkedHashMap<>();
    private final Set<String> optional = new HashSet<>();
    private final Map<String, List<String>> steps = new LinkedHashMap<>();

    static Listed read(Reader reader) throws IOException {
        Listed listed = new Listed();
        try (BufferedReader lines = new BufferedReader(reader)) {
            lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(listed::add);
        }
        return listed;
    }

    private void add(String line) {
        int colon = line.indexOf(':');
        String after = line.substring(colon + 1).strip();
        if (line.startsWith("= ") || line.startsWith("~ ")) {
            String reason = line.substring(2, colon);
            parts.put(reason, Set.of(after.split(" ")));
            if (line.startsWith("~ ")) {
                optional.add(reason);
            }
        } else {
            List<String> reasons = List.of(after.split(", "));
            for (String reason : reasons) {
                if (!parts.containsKey(reason)) {
                    throw new IllegalArgumentException("no such reason: " + line);
                }
            }
            steps.put(line.substring(0, colon), reasons);
        }
    }

    Set<String> reasons() {
        return parts.keySet();
    }

    Set<String> steps() {
        return steps.keySet();
    }

    boolean mustDiffer(String step) {
        return steps.getOrDefault(step, List.of()).stream().noneMatch(optional::contains);
    }

    /** Whether the step's reasons cover all parts that differ. */
    boolean covers(String step, Set<String> different) {
        Set<String> covered = new HashSet<>();
        steps.getOrDefault(step, List.of()).forEach(reason -> covered.addAll(parts.getOrDefault(reason, Set.of())));
        return covered.contains("*") || covered.containsAll(different);
    }
}
