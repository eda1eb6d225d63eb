package io.vtsphere.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VindexCommandTest {
    @TempDir
    private Path directory;

    private String out = "";
    private String err = "";

    private int run(String... args) {
        StringWriter outText = new StringWriter();
        StringWriter errText = new StringWriter();
        int status = VtsphereCommand.newCommandLine()
                .setOut(new PrintWriter(outText))
                .setErr(new PrintWriter(errText))
                .execute(args);
        out = outText.toString();
        err = errText.toString();
        return status;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hash 1 2 -1                            | 166b40b44aba4bd6 06e7ea22ce92708f 355550b2150e2451",
                "hash 18446744073709551615              | 355550b2150e2451",
                "hash --type VARCHAR -1                 | none",
                "hash --type UINT64 1                   | 166b40b44aba4bd6",
                "hash --type int64 1                    | 166b40b44aba4bd6",
                "hash --type DECIMAL 1 1.0              | 166b40b44aba4bd6 none",
                "hash --type NULL x                     | none",
                "numeric --type FLOAT64 5 1e3           | 0000000000000005 none",
                "xxhash --type VARCHAR a HEX:61         | 5b6e8ca9f1c44ed2 5b6e8ca9f1c44ed2",
                "binary --type HEX 8a1e                 | 8a1e",
                "binary --type HEX:VARCHAR 8a1e         | 8a1e",
                "binary --type VARBINARY HEX:00ff       | 00ff",
                "null 7                                 | 00",
                "numeric_static_map --param json={\"1\":2} --param fallback_type=hash 1 2 "
                        + "| 0000000000000002 06e7ea22ce92708f",
                "multicol --param column_count=3 1,1,1 1 1,2 "
                        + "| 166b40166b40166b 166b40-166b41 166b4006e7ea-166b4006e7eb",
                "multicol --param column_count=2 --param column_vindex=hash,binary --type INT64,VARCHAR 1,a 1,1 "
                        + "| 166b40b461 166b40b431",
                "multicol --param column_count=2 --type UINT64 --type HEX:BINARY --param column_vindex=,binary 1,ff "
                        + "| 166b40b4ff",
                "region_experimental --param region_bytes=1 1,5 255 | 0170bb023c810ca87a ff-",
                "lookup --param write_only=true 1       | -",
            })
    void values_areMapped_oneALine(String arguments, String answers) {
        assertThat(run(("vindex " + arguments).split(" "))).as(err).isZero();
        assertThat(out).isEqualTo(answers.replace(" ", System.lineSeparator()) + System.lineSeparator());
    }

    @Test
    void shards_areAdded() {
        assertThat(run("vindex", "hash", "--shards", "-80,80-", "1", "4", "x")).isZero();
        assertThat(out.lines()).containsExactly("166b40b44aba4bd6\t-80", "d2fd8867d50d2dfe\t80-", "none\t");
        assertThat(run("vindex", "multicol", "--param", "column_count=2", "--shards=-20,20-80,80-", "1", "4", "1,1"))
                .isZero();
        assertThat(out.lines())
                .containsExactly("166b40b4-166b40b5\t-20", "d2fd8867-d2fd8868\t80-", "166b40b4166b40b4\t-20");
        run("vindex", "lookup", "--param", "write_only=true", "--shards=-80,80-", "1");
        assertThat(out.lines()).containsExactly("-\t-80,80-");
    }

    @Test
    void valuesThatCannotBeMapped_areErrorsOfTheirLine() {
        assertThat(run("vindex", "unicode_loose_md5", "HEX:ff", "a")).isZero();
        assertThat(out.lines())
                .containsExactly(
                        "error: UnicodeLooseMD5.Map: cannot normalize string containing invalid UTF-8: \"\\xff\"",
                        "cecd92a198405e4449bac0d33407e52f");
        assertThat(run("vindex", "xxhash", "HEX:fg")).isZero();
        assertThat(out.lines()).containsExactly("error: not pairs of hexadecimal digits: fg");
        assertThat(run("vindex", "lookup", "--param", "table=t", "1")).isZero();
        assertThat(out.lines()).containsExactly("error: VT13001: [BUG] cannot perform lookup: no vcursor provided");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                              | a vindex type and at least one value are needed, or --batch",
                "hash                          | a vindex type and at least one value are needed, or --batch",
                "nosuch 1                      | vindexType \"nosuch\" not found; there are: binary, ",
                "hash --nosuch 1               | Unknown option: '--nosuch'",
                "hash --param x 1              | ",
                "hash --type NOPE 1            | no SQL type is called NOPE",
                "hash --type HEX:NOPE 1        | no SQL type is called NOPE",
                "hash --shards 80-40 1         | out of order keys: 80 is not strictly smaller than 40",
                "hash --shards -8 1            | encoding/hex: odd length hex string",
                "cfc --param hash=md5 1        | CFC vindex requires offsets when hash is defined",
                "multicol 1                    | number of columns not provided in the parameter 'column_count'",
                "--batch /nowhere/at/all       | there is no file /nowhere/at/all",
            })
    void wrongUse_hasStatus2_andSaysWhy(String arguments, String text) {
        String all = arguments == null ? "vindex" : "vindex " + arguments;
        assertThat(run(all.split(" "))).isEqualTo(2);
        assertThat(out).isEmpty();
        assertThat(err).startsWith(text == null ? "" : text).contains("Usage: vtsphere vindex");
    }

    @Test
    void batch_fileAndStandardInput_giveALineEach() throws IOException {
        String lines = "{\"vindex\":\"hash\",\"params\":{},\"inputs\":[{\"type\":\"INT64\",\"hex\":\"31\"}]}\n"
                + "{\"vindex\":\"multicol\",\"params\":{\"column_count\":\"2\"},\"inputs\":[{\"type\":\"INT64\",\"hex\":\"31\"}]}\n"
                + "\n"
                + "{\"vindex\":\"hash\",\"params\":{},\"inputs\":[{\"type\":\"NULL_TYPE\",\"hex\":\"\"}]}\n"
                + "{\"vindex\":\"é\",\"inputs\":[]}\n"
                + "nonsense\n";
        String[] answers = {
            "{\"result\":\"DestinationKeyspaceID(166b40b44aba4bd6)\"}",
            "{\"result\":\"DestinationKeyRange(166b40b4-166b40b5)\"}",
            "{\"result\":\"DestinationNone()\"}",
            "{\"error\":\"vindexType \\\"é\\\" not found\"}"
        };
        Path file = Files.writeString(directory.resolve("lines"), lines);
        assertThat(run("vindex", "--batch", file.toString())).isZero();
        assertThat(out.lines()).hasSize(5).startsWith(answers);
        String fromFile = out;
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(run("vindex", "--batch", "-")).isZero();
        } finally {
            System.setIn(before);
        }
        assertThat(out).isEqualTo(fromFile);
    }
}
