package io.vtsphere.tablet.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.grpc.Drainable;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vitess.proto.Query.BeginStreamExecuteResponse;
import io.vitess.proto.Query.QueryResult;
import io.vitess.proto.Query.Row;
import io.vitess.proto.Query.StreamExecuteResponse;
import io.vtsphere.mysql.MalformedPacketException;
import io.vtsphere.mysql.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EncodedRowsTest {
    /** Where the length of a length, in MySQL's or protobuf's form, changes. */
    private static final int[] SIZES = {
        0, 1, 63, 64, 127, 128, 250, 251, 252, 8191, 8192, 16383, 16384, 65535, 65536, 1 << 20
    };

    private final EncodedRows rows = new EncodedRows(16);

    @Test
    void message_valuesOfEverySizeAndNull_isTheMessageOfTheirRows() throws IOException {
        QueryResult.Builder expected = QueryResult.newBuilder();
        for (int size : SIZES) {
            ByteString value = bytes(size);
            expected.addRows(add(value));
            expected.addRows(add(null, value, ByteString.EMPTY, null, value));
        }

        assertThat(StreamExecuteResponse.parseFrom(rows.message(StreamExecuteResponse.RESULT_FIELD_NUMBER))
                        .getResult())
                .isEqualTo(expected.build());
        assertThat(BeginStreamExecuteResponse.parseFrom(rows.message(BeginStreamExecuteResponse.RESULT_FIELD_NUMBER))
                        .getResult())
                .isEqualTo(expected.build());
    }

    @Test
    void message_drained_givesTheSameBytesOnce() throws IOException {
        add(bytes(300));
        ByteArrayOutputStream drained = new ByteArrayOutputStream();
        var message = rows.message(1);
        int available = message.available();

        assertThat(((Drainable) message).drainTo(drained)).isEqualTo(available);
        assertThat(drained.toByteArray()).isEqualTo(rows.message(1).readAllBytes());
        assertThat(message.read()).isEqualTo(-1);
    }

    @Test
    void clear_rowsOfTheNextMessage_areItsOwn() throws IOException {
        add(bytes(5000));
        rows.clear();
        Row second = add(bytes(2), (ByteString) null);

        assertThat(rows.size()).isPositive();
        assertThat(StreamExecuteResponse.parseFrom(rows.message(1)).getResult().getRowsList())
                .containsExactly(second);
    }

    @Test
    void add_randomRows_equalTheRowsThatAreMadeOneByOne() throws IOException {
        Random random = new Random(8);
        QueryResult.Builder expected = QueryResult.newBuilder();
        for (int i = 0; i < 500; i++) {
            @Nullable ByteString[] values = new @Nullable ByteString[1 + random.nextInt(40)];
            for (int column = 0; column < values.length; column++) {
                values[column] = random.nextInt(5) == 0 ? null : bytes(random.nextInt(300));
            }
            expected.addRows(add(values));
        }

        assertThat(StreamExecuteResponse.parseFrom(rows.message(1)).getResult()).isEqualTo(expected.build());
    }

    @Test
    void add_rowCutShort_isRefused() {
        ByteBuf packet = packet(bytes(10), bytes(300));
        for (int length : List.of(0, 1, 10, 11, 12, 13, 100)) {
            assertThatThrownBy(() -> rows.add(packet.duplicate(), length, 2))
                    .as("%s bytes", length)
                    .isInstanceOf(MalformedPacketException.class)
                    .hasMessageContaining("2 values");
        }
    }

    /** Adds the row and gives it as {@link TextRow} would make it. */
    private Row add(@Nullable ByteString... values) {
        ByteBuf packet = packet(values);
        int length = packet.readableBytes();
        int bytes = rows.add(packet.duplicate(), length, values.length);
        Row row = TextRow.decode(packet, length, values.length);
        assertThat(bytes).isEqualTo(row.getValues().size());
        ByteString all = ByteString.EMPTY;
        for (ByteString value : values) {
            all = value == null ? all : all.concat(value);
        }
        assertThat(row.getValues()).isEqualTo(all);
        assertThat(row.getLengthsList())
                .isEqualTo(Arrays.stream(values)
                        .map(value -> value == null ? -1L : value.size())
                        .toList());
        return row;
    }

    private static ByteBuf packet(@Nullable ByteString... values) {
        ByteBuf packet = Unpooled.buffer();
        for (ByteString value : values) {
            if (value == null) {
                packet.writeByte(Wire.NULL_VALUE);
            } else {
                Wire.writeLenencBytes(packet, value.toByteArray());
            }
        }
        return packet;
    }

    private static ByteString bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return ByteString.copyFrom(bytes);
    }
}
