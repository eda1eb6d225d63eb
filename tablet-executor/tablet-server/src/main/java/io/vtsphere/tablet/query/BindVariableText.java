package io.vtsphere.tablet.query;

import com.google.protobuf.ByteString;
import io.vitess.proto.Query.BindVariable;
import io.vitess.proto.Query.Value;
import io.vtsphere.text.GoText;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The text of bind variables and SQL in error messages, as Go prints them.
 *
 * <p>Each variable is its protobuf text form inside Go's {@code %q}. protobuf-go puts one or two spaces at random between the parts of that
 * form; here it is always one. Source: {@code queryAsString} in {@code go/vt/vttablet/tabletserver/tabletserver.go}.
 */
final class BindVariableText {
    private BindVariableText() {}

    /** {@code Sql: "…", BindVars: {…}}. */
    static String describe(String sql, Map<String, BindVariable> variables, Map<String, BindVariable> internal) {
        StringBuilder out = new StringBuilder(sql.length() + 64);
        out.append("Sql: ");
        out.append(GoText.quote(sql));
        out.append(", BindVars: {");
        SortedMap<String, BindVariable> all = new TreeMap<>(variables);
        // Vitess adds its own variables to the client's map, so they show only when the client sent a map.
        if (!variables.isEmpty()) {
            all.putAll(internal);
        }
        all.forEach((name, variable) -> {
            out.append(name).append(": ");
            out.append(GoText.quote(text(variable)));
        });
        return out.append('}').toString();
    }

    private static String text(BindVariable variable) {
        StringBuilder out = new StringBuilder();
        if (variable.getTypeValue() != 0) {
            out.append("type:").append(variable.getType());
        }
        appendValue(out, variable.getValue());
        for (Value value : variable.getValuesList()) {
            separate(out);
            out.append("values:{").append(text(value)).append('}');
        }
        return out.toString();
    }

    private static String text(Value value) {
        StringBuilder out = new StringBuilder();
        if (value.getTypeValue() != 0) {
            out.append("type:").append(value.getType());
        }
        appendValue(out, value.getValue());
        return out.toString();
    }

    private static void appendValue(StringBuilder out, ByteString value) {
        if (value.isEmpty()) {
            return;
        }
        separate(out);
        out.append("value:\"");
        if (value.isValidUtf8()) {
            String text = value.toStringUtf8();
            for (int i = 0; i < text.length(); i++) {
                appendProto(out, text.charAt(i));
            }
        } else {
            byte[] bytes = value.toByteArray();
            for (byte b : bytes) {
                if (b < 0) {
                    out.append(String.format("\\x%02x", b & 0xFF));
                } else {
                    appendProto(out, (char) b);
                }
            }
        }
        out.append('"');
    }

    private static void appendProto(StringBuilder out, char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (c < 0x20 || c == 0x7F) {
                    out.append(String.format("\\x%02x", (int) c));
                } else {
                    out.append(c);
                }
            }
        }
    }

    private static void separate(StringBuilder out) {
        if (out.length() > 0) {
            out.append(' ');
        }
    }
}
