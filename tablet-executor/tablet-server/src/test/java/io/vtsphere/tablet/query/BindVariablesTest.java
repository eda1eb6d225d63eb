package io.vtsphere.tablet.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vitess.proto.Query.BindVariable;
import io.vitess.proto.Query.Type;
import io.vitess.proto.Query.Value;
import io.vtsphere.vterrors.VtException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BindVariablesTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "INT64, -5, -5",
                "UINT64, 18446744073709551615, 18446744073709551615",
                "FLOAT64, 2.5e10, 2.5e10",
                "DECIMAL, 1.50, 1.50",
                "YEAR, 2024, 2024",
                "HEXNUM, 0x4142, 0x4142",
                "HEXVAL, X'41', X'41'",
                "VARCHAR, a, 'a'",
                "TEXT, a, 'a'",
                "CHAR, a, 'a'",
                "DATE, 2024-01-02, '2024-01-02'",
                "TIMESTAMP, 2024-01-02 03:04:05, '2024-01-02 03:04:05'",
                "JSON, {}, '{}'",
                "ENUM, x, 'x'",
                "SET, x, 'x'",
                "VARBINARY, a, _binary'a'",
                "BLOB, a, _binary'a'",
                "BINARY, a, _binary'a'",
                "BIT, A, b'01000001'",
                "EXPRESSION, now(), now()"
            })
    void append_singleValue_isWrittenByItsType(Type type, String value, String sql) {
        assertThat(single(type, ByteString.copyFromUtf8(value))).isEqualTo(sql);
    }

    @Test
    void append_null_isTheWord() {
        assertThat(single(Type.NULL_TYPE, ByteString.EMPTY)).isEqualTo("null");
    }

    @Test
    void append_specialBytes_areEscapedAsVitessDoes() {
        byte[] value = "\0'\b\n\r\t\u001a\\\"é".getBytes(StandardCharsets.UTF_8);
        assertThat(single(Type.VARCHAR, ByteString.copyFrom(value))).isEqualTo("'\\0\\'\\b\\n\\r\\t\\Z\\\\\"é'");
    }

    @Test
    void append_escapedWildcards_keepTheirBackslash() {
        assertThat(single(Type.VARCHAR, ByteString.copyFromUtf8("10\\% a\\_b c\\d")))
                .isEqualTo("'10\\% a\\_b c\\\\d'");
    }

    @Test
    void append_bytesOutsideUtf8_areKept() {
        ByteBuf out = Unpooled.buffer();
        BindVariables.append(
                out, "v", false, Map.of("v", variable(Type.VARBINARY, ByteString.copyFrom(new byte[] {(byte) 0xFF, 0
                }))));
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        assertThat(bytes).containsExactly('_', 'b', 'i', 'n', 'a', 'r', 'y', '\'', 0xFF, '\\', '0', '\'');
    }

    @Test
    void append_list_isATuple() {
        BindVariable list = BindVariable.newBuilder()
                .setType(Type.TUPLE)
                .addValues(value(Type.INT64, "1"))
                .addValues(value(Type.VARCHAR, "a'b"))
                .build();
        assertThat(render(true, Map.of("v", list))).isEqualTo("(1, 'a\\'b')");
    }

    @Test
    void append_rowTuples_areRows() {
        // A member: type, length, bytes; 265 is INT64, 6165 VARCHAR.
        ByteString row = ByteString.copyFrom(new byte[] {(byte) 0x89, 0x02, 1, '7', (byte) 0x95, 0x30, 1, 'x'});
        BindVariable rows = BindVariable.newBuilder()
                .setTypeValue(2085)
                .addValues(Value.newBuilder().setType(Type.TUPLE).setValue(row))
                .addValues(Value.newBuilder().setType(Type.TUPLE).setValue(row))
                .build();
        assertThat(render(true, Map.of("v", rows))).isEqualTo("row(7, 'x'), row(7, 'x')");
    }

    @Test
    void append_wrongVariables_areNamed() {
        assertThatThrownBy(() -> render(false, Map.of()))
                .isInstanceOf(VtException.class)
                .hasMessage("missing bind var v");
        assertThatThrownBy(() -> render(true, Map.of("v", variable(Type.INT64, ByteString.copyFromUtf8("1")))))
                .hasMessage("unexpected list arg type (INT64) for key v");
        assertThatThrownBy(() -> render(
                        true,
                        Map.of(
                                "v",
                                BindVariable.newBuilder().setType(Type.TUPLE).build())))
                .hasMessage("empty list supplied for v");
        assertThatThrownBy(() -> render(
                        false,
                        Map.of(
                                "v",
                                BindVariable.newBuilder().setType(Type.TUPLE).build())))
                .hasMessage("unexpected arg type (TUPLE) for non-list key v");
    }

    @Test
    void describe_variables_printAsGoDoes() {
        Map<String, BindVariable> variables = Map.of(
                "b", variable(Type.VARCHAR, ByteString.copyFromUtf8("a\"\n")),
                "a", variable(Type.INT64, ByteString.copyFromUtf8("1")));
        assertThat(ErrorTexts.statement("select \"x\"", variables, 10_001))
                .isEqualTo("Sql: \"select \\\"x\\\"\", BindVars: {#maxLimit: \"type:INT64 value:\\\"10001\\\"\""
                        + "a: \"type:INT64 value:\\\"1\\\"\""
                        + "b: \"type:VARCHAR value:\\\"a\\\\\\\"\\\\n\\\"\"}");
        assertThat(ErrorTexts.statement("select 1", Map.of(), 10_001)).isEqualTo("Sql: \"select 1\", BindVars: {}");
    }

    private static String single(Type type, ByteString value) {
        return render(false, Map.of("v", variable(type, value)));
    }

    private static String render(boolean list, Map<String, BindVariable> variables) {
        ByteBuf out = Unpooled.buffer();
        BindVariables.append(out, "v", list, variables);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static BindVariable variable(Type type, ByteString value) {
        return BindVariable.newBuilder().setType(type).setValue(value).build();
    }

    private static Value value(Type type, String text) {
        return Value.newBuilder()
                .setType(type)
                .setValue(ByteString.copyFromUtf8(text))
                .build();
    }
}
