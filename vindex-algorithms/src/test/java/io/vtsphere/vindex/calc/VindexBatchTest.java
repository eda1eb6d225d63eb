package io.vtsphere.vindex.calc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vindex.Destination;
import io.vtsphere.vindex.VindexRegistry;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VindexBatchTest {
    private final VindexCalculator calculator = new VindexCalculator(VindexRegistry.load());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "'vindex':'hash','params':{},'inputs':[{'type':'INT64','hex':'31'}] | result | DestinationKeyspaceID(166b40b44aba4bd6)",
                "'vindex':'hash','inputs':[{'type':'NULL_TYPE'}] | result | DestinationNone()",
                "'vindex':'hash','inputs':[{'type':'NULL_TYPE','hex':null}] | result | DestinationNone()",
                "'vindex':'binary','inputs':[{'type':'NULL_TYPE','hex':''}] | result | DestinationKeyspaceID()",
                "'vindex':'multicol','params':{'column_count':'2'},'inputs':[{'type':'INT64','hex':'31'}] | result | DestinationKeyRange(166b40b4-166b40b5)",
                "'vindex':'numeric_static_map','params':{'json':{'1':5}},'inputs':[{'type':'INT64','hex':'31'}] | result | DestinationKeyspaceID(0000000000000005)",
                "'vindex':'lookup','params':{'write_only':'true'},'inputs':[{'type':'INT64','hex':'31'}] | result | DestinationKeyRange(-)",
                "'vindex':'lookup','inputs':[{'type':'INT64','hex':'31'}] | error | VT13001: [BUG] cannot perform lookup: no vcursor provided",
                "'vindex':'nope','inputs':[{'type':'INT64','hex':'31'}] | error | vindexType \\\"nope\\\" not found",
                "'vindex':'hash','inputs':[] | error | hash maps one column, not the 0 values given",
                "'vindex':'hash','inputs':[{'type':'INT65','hex':'31'}] | error | no SQL type is called INT65",
                "'vindex':'hash','inputs':[{'type':'INT64','hex':'3'}] | error | not pairs of hexadecimal digits: 3",
                "'vindex':'hash' | error | a request has the fields vindex, params and inputs",
            })
    void answer_request(String fields, String field, String text) {
        String request = "{" + fields.replace('\'', '"') + "}";
        assertThat(new VindexBatch(calculator).answer(request)).isEqualTo("{\"" + field + "\":\"" + text + "\"}");
    }

    @Test
    void run_manyLines_answersEach() throws IOException {
        StringBuilder in = new StringBuilder("\n");
        for (int i = 0; i < 200; i++) {
            in.append("{\"vindex\":\"cfc\",\"params\":{\"x\":\"")
                    .append(i)
                    .append("\"},\"inputs\":[{\"type\":\"VARBINARY\",\"hex\":\"61\"}]}\n");
        }
        in.append("{\n");
        StringBuilder out = new StringBuilder();
        new VindexBatch(calculator).run(new BufferedReader(new StringReader(in.toString())), out);
        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(201);
        assertThat(lines.subList(0, 200)).containsOnly("{\"result\":\"DestinationKeyspaceID(61)\"}");
        assertThat(lines.get(200)).startsWith("{\"error\":\"invalid JSON: ");
    }

    @Test
    void value_commandLineTypes() {
        assertThat(VindexCalculator.value("int64", "5")).isEqualTo(SqlValue.int64(5));
        assertThat(VindexCalculator.value("HEX", "ff")).isEqualTo(SqlValue.varbinary(new byte[] {-1}));
        assertThat(VindexCalculator.value("HEX:VARCHAR", "61")).isEqualTo(SqlValue.varchar("a"));
        assertThat(VindexCalculator.value("null", "x")).isEqualTo(SqlValue.NULL);
        assertThat(VindexCalculator.value("DECIMAL", "1.0").type()).isEqualTo(SqlType.DECIMAL);
        assertThatThrownBy(() -> VindexCalculator.value("HEX", "f")).hasMessage("not pairs of hexadecimal digits: f");
        assertThatThrownBy(() -> VindexCalculator.value("TEXTS", "f")).hasMessage("no SQL type is called TEXTS");
    }

    @Test
    void literal_wholeNumbers_areSignedWhileTheyFit() {
        assertThat(VindexCalculator.literal("9223372036854775807").type()).isEqualTo(SqlType.INT64);
        assertThat(VindexCalculator.literal("-9223372036854775808").type()).isEqualTo(SqlType.INT64);
        assertThat(VindexCalculator.literal("9223372036854775808").type()).isEqualTo(SqlType.UINT64);
        assertThat(VindexCalculator.literal("1.0").type()).isEqualTo(SqlType.VARCHAR);
        assertThat(VindexCalculator.literal("").type()).isEqualTo(SqlType.VARCHAR);
        assertThat(VindexCalculator.requireType("hex:blob")).isEqualTo(SqlType.BLOB);
        assertThat(VindexCalculator.requireType("hex")).isEqualTo(SqlType.VARBINARY);
        assertThatThrownBy(() -> VindexCalculator.requireType("hexagon")).hasMessage("no SQL type is called HEXAGON");
    }

    /** Who writes a line and waits for its answer gets it before the next line. */
    @Test
    void run_lineByLine_answersAtOnce() throws IOException {
        StringBuilder seen = new StringBuilder();
        StringWriter out = new StringWriter();
        BufferedReader in = new BufferedReader(new StringReader("{}\n{}\n")) {
            @Override
            public boolean ready() {
                return false;
            }
        };
        new VindexBatch(calculator).run(in, new BufferedWriter(out) {
            @Override
            public void flush() throws IOException {
                super.flush();
                seen.append(out.getBuffer().length() > 0 ? 'x' : '-');
            }
        });
        assertThat(seen).hasToString("xx");
    }

    @Test
    void print_andShards_forPeople() {
        List<String> shards = List.of("-40", "40-80", "80-");
        Destination one = map("hash", Map.of(), SqlValue.int64(1));
        assertThat(VindexCalculator.print(one)).isEqualTo("166b40b44aba4bd6");
        assertThat(VindexCalculator.shards(one, shards)).containsExactly("-40");
        Destination none = map("hash", Map.of(), SqlValue.NULL);
        assertThat(VindexCalculator.print(none)).isEqualTo("none");
        assertThat(VindexCalculator.shards(none, shards)).isEmpty();
        Destination range = map("multicol", Map.of("column_count", "2", "column_vindex", "numeric"), SqlValue.int64(1));
        assertThat(VindexCalculator.print(range)).isEqualTo("00000000-00000001");
        assertThat(VindexCalculator.shards(range, shards)).containsExactly("-40");
        Destination everywhere = map("lookup", Map.of("write_only", "true"), SqlValue.int64(1));
        assertThat(VindexCalculator.print(everywhere)).isEqualTo("-");
        assertThat(VindexCalculator.shards(everywhere, shards)).isEqualTo(shards);
        assertThat(VindexCalculator.shards(one, List.of("0"))).containsExactly("0");
        assertThat(calculator.types()).contains("hash", "lookup");
    }

    private Destination map(String type, Map<String, String> params, SqlValue value) {
        return calculator.map(calculator.vindex(type, params), List.of(value));
    }
}
