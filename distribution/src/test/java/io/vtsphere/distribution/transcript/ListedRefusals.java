package io.vtsphere.distribution.transcript;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** {@code refusals.txt}: the rows of a table of docs/compatibility.md, and the statements that show each. */
final class ListedRefusals {
    private static final String HEADING = "## Missing, refused by name";

    private final Map<String, List<Refusal>> statements = new LinkedHashMap<>();
    private final Map<String, List<String>> tests = new LinkedHashMap<>();

    /**
     * A statement that is refused.
     *
     * @param errno 0 for one that is carried out
     * @param names what the message names
     */
    record Refusal(String sql, int errno, String names) {}

    private ListedRefusals() {}

    static ListedRefusals read() throws IOException {
        ListedRefusals listed = new ListedRefusals();
        String row = "";
        try (InputStream file = ListedRefusals.class.getResourceAsStream("refusals.txt")) {
            String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.lines().toList()) {
                if (line.startsWith("#")) {
                    continue;
                }
                if (line.startsWith("= ")) {
                    row = line.substring(2);
                    listed.statements.put(row, new ArrayList<>());
                    listed.tests.put(row, new ArrayList<>());
                } else if (line.startsWith("see ")) {
                    listed.tests.get(row).add(line.substring(4));
                } else if (line.startsWith("do ")) {
                    listed.statements.get(row).add(new Refusal(line.substring(3), 0, ""));
                } else if (line.contains("=>")) {
                    listed.statements.get(row).add(refusal(line));
                }
            }
        }
        return listed;
    }

    private static Refusal refusal(String line) {
        int arrow = line.lastIndexOf("=>");
        String sql = line.substring(0, arrow).trim();
        boolean numbered = Character.isDigit(sql.charAt(0));
        return new Refusal(
                numbered ? sql.substring(5) : sql,
                numbered ? Integer.parseInt(sql.substring(0, 4)) : 1235,
                line.substring(arrow + 2).trim());
    }

    List<Refusal> statements() {
        return statements.values().stream().flatMap(List::stream).toList();
    }

    /** Rows of the document that nothing here shows. */
    static List<String> unshown(ListedRefusals listed) throws IOException {
        return rows().stream()
                .filter(row -> listed.statements.keySet().stream()
                        .noneMatch(shown -> row.startsWith(shown)
                                && !(listed.statements.get(shown).isEmpty()
                                        && listed.tests.get(shown).isEmpty())))
                .toList();
    }

    /** What is shown here and is no row of the document. */
    static List<String> unlisted(ListedRefusals listed) throws IOException {
        List<String> rows = rows();
        return listed.statements.keySet().stream()
                .filter(shown -> rows.stream().noneMatch(row -> row.startsWith(shown)))
                .toList();
    }

    /** Tests that are named here and do not exist. */
    static List<String> absentTests(ListedRefusals listed) throws IOException {
        try (Stream<Path> files = Files.walk(root(), 14)) {
            List<String> names = files.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> file.getFileName().toString().replace(".java", ""))
                    .toList();
            return listed.tests.values().stream()
                    .flatMap(List::stream)
                    .filter(test -> !names.contains(test))
                    .toList();
        }
    }

    /** The first cells of the table. */
    private static List<String> rows() throws IOException {
        String text = Files.readString(root().resolve("docs/compatibility.md"));
        int from = text.indexOf(HEADING);
        String section = text.substring(from, text.indexOf("\n## ", from + 1));
        return section.lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| what |"))
                .map(line -> line.substring(2))
                .toList();
    }

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("docs/compatibility.md"))) {
            here = here.getParent();
            if (here == null) {
                throw new UncheckedIOException(new IOException("docs/compatibility.md is in no directory above"));
            }
        }
        return here;
    }
}
