package io.vtsphere.distribution.transcript;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.vtsphere.mysql.BinaryValues;
import io.vtsphere.mysql.ColumnType;
import io.vtsphere.mysql.Wire;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/** The parameters of a recorded COM_STMT_EXECUTE, {@code [[type, value], …]}, in MySQL's binary form. */
final class RecordedParameters {
    private static final int UNSIGNED = 0x8000;

    private static final Map<String, Integer> TYPES = Map.ofEntries(
            Map.entry("int8", ColumnType.TINY),
            Map.entry("uint8", ColumnType.TINY | UNSIGNED),
            Map.entry("int16", ColumnType.SHORT),
            Map.entry("uint16", ColumnType.SHORT | UNSIGNED),
            Map.entry("int32", ColumnType.LONG),
            Map.entry("uint32", ColumnType.LONG | UNSIGNED),
            Map.entry("int64", ColumnType.LONGLONG),
            Map.entry("uint64", ColumnType.LONGLONG | UNSIGNED),
            Map.entry("float", ColumnType.FLOAT),
            Map.entry("double", ColumnType.DOUBLE),
            Map.entry("null", ColumnType.NULL),
            Map.entry("string", ColumnType.VAR_STRING),
            Map.entry("varchar", 15),
            Map.entry("blob", ColumnType.BLOB),
            Map.entry("decimal", ColumnType.NEWDECIMAL),
            Map.entry("date", ColumnType.DATE),
            Map.entry("datetime", ColumnType.DATETIME),
            Map.entry("timestamp", ColumnType.TIMESTAMP),
            Map.entry("time", ColumnType.TIME),
            Map.entry("json", ColumnType.JSON),
            Map.entry("year", ColumnType.YEAR));
    private static final Set<String> BY_VALUE = Set.of(
            "int8",
            "uint8",
            "int16",
            "uint16",
            "int32",
            "uint32",
            "int64",
            "uint64",
            "float",
            "double",
            "date",
            "year",
            "datetime",
            "timestamp",
            "time");

    private RecordedParameters() {}

    static void encode(JsonArray parameters, ByteBuf out) {
        byte[] nulls = new byte[(parameters.size() + 7) / 8];
        ByteBuf types = Unpooled.buffer();
        ByteBuf values = Unpooled.buffer();
        for (int i = 0; i < parameters.size(); i++) {
            String type = parameters.get(i).getAsJsonArray().get(0).getAsString();
            JsonElement value = parameters.get(i).getAsJsonArray().get(1);
            Integer code = TYPES.get(type);
            if (code == null) {
                throw new IllegalArgumentException("parameter type " + type);
            }
            types.writeShortLE(code);
            if (value == JsonNull.INSTANCE) {
                nulls[i / 8] |= (byte) (1 << (i % 8));
            } else if (BY_VALUE.contains(type)) {
                byte[] text = value.getAsString().getBytes(StandardCharsets.US_ASCII);
                BinaryValues.write(values, code & 0xff, text, 0, text.length);
            } else {
                Wire.writeLenencBytes(values, bytes(value));
            }
        }
        out.writeBytes(nulls).writeByte(1).writeBytes(types).writeBytes(values);
    }

    private static byte[] bytes(JsonElement value) {
        return value.isJsonObject()
                ? ByteBufUtil.decodeHexDump(value.getAsJsonObject().get("hex").getAsString())
                : value.getAsString().getBytes(StandardCharsets.UTF_8);
    }
}
