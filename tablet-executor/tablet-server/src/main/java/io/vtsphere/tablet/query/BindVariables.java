package io.vtsphere.tablet.query;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import io.netty.buffer.ByteBuf;
import io.vitess.proto.Query.BindVariable;
import io.vitess.proto.Query.Value;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes bind variables into SQL text as Vitess does.
 *
 * <p>Source: {@code go/sqltypes/value.go} (EncodeSQL) and {@code go/vt/sqlparser/parsed_query.go}. Stateless and thread-safe.
 */
final class BindVariables {
    private static final byte[] NULL = ascii("null");
    private static final byte[] BINARY_INTRODUCER = ascii("_binary'");
    private static final byte[] BIT_INTRODUCER = ascii("b'");
    private static final byte[] ROW = ascii("row");
    private static final byte[] SEPARATOR = ascii(", ");
    private static final int QUOTED = 2048;
    private static final int BINARY = 8192;

    /** The letter after the backslash by byte; 0 where the byte stands for itself. */
    private static final byte[] ESCAPES = new byte[256];

    static {
        ESCAPES[0] = '0';
        ESCAPES['\''] = '\'';
        ESCAPES['\b'] = 'b';
        ESCAPES['\n'] = 'n';
        ESCAPES['\r'] = 'r';
        ESCAPES['\t'] = 't';
        ESCAPES[26] = 'Z';
        ESCAPES['\\'] = '\\';
    }

    private BindVariables() {}

    /**
     * Appends the SQL form of a variable.
     *
     * @param list whether the SQL says {@code ::name}
     * @throws VtException INVALID_ARGUMENT when it is missing, or is a list where a single value is wanted or the other way round
     */
    static void append(ByteBuf out, String name, boolean list, Map<String, BindVariable> variables) {
        BindVariable variable = variables.get(name);
        if (variable == null) {
            throw invalid("missing bind var " + name);
        }
        int type = variable.getTypeValue();
        if (list) {
            appendList(out, name, variable, type);
        } else if (type == SqlType.TUPLE.number()) {
            throw invalid("unexpected arg type (TUPLE) for non-list key " + name);
        } else {
            append(out, type, variable.getValue());
        }
    }

    private static void appendList(ByteBuf out, String name, BindVariable variable, int type) {
        boolean rows = type == SqlType.ROW_TUPLE.number();
        if (!rows && type != SqlType.TUPLE.number()) {
            throw invalid("unexpected list arg type (" + typeName(type) + ") for key " + name);
        }
        if (variable.getValuesCount() == 0) {
            throw invalid("empty list supplied for " + name);
        }
        if (!rows) {
            out.writeByte('(');
        }
        for (int i = 0; i < variable.getValuesCount(); i++) {
            if (i > 0) {
                out.writeBytes(SEPARATOR);
            }
            if (rows) {
                out.writeBytes(ROW);
            }
            Value value = variable.getValues(i);
            append(out, value.getTypeValue(), value.getValue());
        }
        if (!rows) {
            out.writeByte(')');
        }
    }

    /** A tuple inside a list: per member its type, its length (both base-128 varints) and its bytes. */
    private static void appendTuple(ByteBuf out, ByteString encoded) {
        try {
            CodedInputStream in = encoded.newCodedInput();
            out.writeByte('(');
            for (boolean first = true; !in.isAtEnd(); first = false) {
                if (!first) {
                    out.writeBytes(SEPARATOR);
                }
                int type = in.readRawVarint32();
                append(out, type, ByteString.copyFrom(in.readRawBytes(in.readRawVarint32())));
            }
            out.writeByte(')');
        } catch (IOException e) {
            throw VtException.of(Code.INVALID_ARGUMENT, "bad tuple encoding: " + e.getMessage());
        }
    }

    private static void append(ByteBuf out, int type, ByteString value) {
        if (type == SqlType.NULL_TYPE.number()) {
            out.writeBytes(NULL);
        } else if (type == SqlType.TUPLE.number()) {
            appendTuple(out, value);
        } else if (type == SqlType.BIT.number()) {
            appendBits(out, value);
        } else if ((type & QUOTED) == 0 && (type & BINARY) == 0 || type == SqlType.RAW.number()) {
            append(out, value);
        } else {
            if ((type & BINARY) != 0) {
                out.writeBytes(BINARY_INTRODUCER);
            } else {
                out.writeByte('\'');
            }
            appendEscaped(out, value);
            out.writeByte('\'');
        }
    }

    private static String typeName(int number) {
        SqlType type = SqlType.ofNumber(number);
        return type == null ? Integer.toString(number) : type.name();
    }

    private static void append(ByteBuf out, ByteString value) {
        for (int i = 0, n = value.size(); i < n; i++) {
            out.writeByte(value.byteAt(i));
        }
    }

    private static void appendEscaped(ByteBuf out, ByteString value) {
        int size = value.size();
        out.ensureWritable(size + 2);
        for (int i = 0; i < size; i++) {
            byte b = value.byteAt(i);
            byte escape = ESCAPES[b & 0xFF];
            // MySQL reads \% and \_ as themselves outside LIKE; doubling the backslash would change a pattern's
            // meaning.
            boolean pattern = b == '\\' && i + 1 < size && (value.byteAt(i + 1) == '%' || value.byteAt(i + 1) == '_');
            if (escape != 0 && !pattern) {
                out.writeByte('\\');
                out.writeByte(escape);
            } else {
                out.writeByte(b);
            }
        }
    }

    private static void appendBits(ByteBuf out, ByteString value) {
        out.writeBytes(BIT_INTRODUCER);
        for (int i = 0; i < value.size(); i++) {
            for (int bit = 7; bit >= 0; bit--) {
                out.writeByte('0' + ((value.byteAt(i) >> bit) & 1));
            }
        }
        out.writeByte('\'');
    }

    private static VtException invalid(String message) {
        return VtException.of(Code.INVALID_ARGUMENT, message);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
