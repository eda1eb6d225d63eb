package io.vtsphere.shardingsphere.algorithm;

import io.vtsphere.shardingsphere.errors.HostErrors;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A column of characters or bytes. Numbers are refused: MySQL finds 5 equal to '5', '05' and '5.0', which lie on different shards. */
enum TextColumn implements ColumnType {
    TEXT(SqlType.VARCHAR),
    BINARY(SqlType.VARBINARY);

    /** What a decoder leaves in place of bytes that are no text: they are lost. */
    private static final char LOST = '\uFFFD';

    private final SqlType type;

    TextColumn(SqlType type) {
        this.type = type;
    }

    @Override
    public SqlValue of(Object value) {
        if (value instanceof String || value instanceof Character) {
            String text = value.toString();
            if (this == BINARY) {
                refuseLost(text);
            }
            return SqlValue.of(type, Values.utf8(text));
        }
        if (value instanceof byte[] bytes && (this == BINARY || isUtf8(bytes))) {
            return SqlValue.of(type, bytes);
        }
        throw HostErrors.unsupported(Values.describe(value) + " for a column of "
                + (this == TEXT ? "characters" : "bytes") + ": write it as a string");
    }

    /** Refuses bytes that a host has decoded as characters although they were none. */
    static void refuseLost(String text) {
        if (text.indexOf(LOST) >= 0) {
            throw HostErrors.unsupported(
                    "bytes that are no UTF-8 text as a sharding value: ShardingSphere has replaced some of them");
        }
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
