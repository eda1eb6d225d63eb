package io.vtsphere.tablet.query;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.vitess.proto.Query.ExecuteOptions.IncludedFields;
import io.vitess.proto.Query.Field;
import io.vtsphere.mysql.Wire;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The columns of one result as Vitess sends them, and the packets they were made of.
 *
 * <p>A statement answers the same columns each time, so its plan keeps the last set: when the packets are equal byte for byte, neither
 * strings nor messages are made again. Immutable and thread-safe.
 */
final class FieldSet {
    private final byte[][] packets;
    private final List<Field> all;
    private final List<Field> typeAndName;
    private final List<Field> typeOnly;

    private FieldSet(byte[][] packets, List<Field> all) {
        this.packets = packets;
        this.all = all;
        this.typeAndName = all.stream()
                .map(f -> Field.newBuilder()
                        .setName(f.getName())
                        .setTypeValue(f.getTypeValue())
                        .build())
                .toList();
        this.typeOnly = all.stream()
                .map(f -> Field.newBuilder().setTypeValue(f.getTypeValue()).build())
                .toList();
    }

    List<Field> fields(IncludedFields included) {
        return switch (included) {
            case ALL -> all;
            case TYPE_ONLY -> typeOnly;
            default -> typeAndName;
        };
    }

    int size() {
        return packets.length;
    }

    private boolean matches(int index, ByteBuf packet) {
        byte[] known = packets[index];
        int length = packet.readableBytes();
        if (known.length != length) {
            return false;
        }
        int start = packet.readerIndex();
        for (int i = 0; i < length; i++) {
            if (packet.getByte(start + i) != known[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Collects the columns of one result. Not thread-safe.
     */
    static final class Collector {
        private final @Nullable FieldSet known;
        private final String database;
        private final String keyspace;
        private final byte[][] packets;
        private boolean same;

        /**
         * @param known the set of the last run, null for none
         * @param database MySQL's name of the database, which shows as {@code keyspace}
         */
        Collector(@Nullable FieldSet known, int count, String database, String keyspace) {
            this.known = known != null && known.size() == count ? known : null;
            this.database = database;
            this.keyspace = keyspace;
            this.packets = new byte[count][];
            this.same = this.known != null;
        }

        void add(int index, ByteBuf packet) {
            FieldSet last = known;
            if (same && last != null) {
                if (last.matches(index, packet)) {
                    return;
                }
                same = false;
                System.arraycopy(last.packets, 0, packets, 0, index);
            }
            packets[index] = ByteBufUtil.getBytes(packet);
        }

        FieldSet finish() {
            FieldSet last = known;
            if (same && last != null) {
                return last;
            }
            List<Field> fields = new ArrayList<>(packets.length);
            for (byte[] packet : packets) {
                fields.add(decode(Unpooled.wrappedBuffer(packet)));
            }
            return new FieldSet(packets, List.copyOf(fields));
        }

        private Field decode(ByteBuf in) {
            Wire.skipLenenc(in); // catalog
            String schema = Wire.readLenencString(in);
            String table = Wire.readLenencString(in);
            String orgTable = Wire.readLenencString(in);
            String name = Wire.readLenencString(in);
            String orgName = Wire.readLenencString(in);
            Wire.readLenencInt(in); // length of the fixed part
            int charset = in.readUnsignedShortLE();
            long length = in.readUnsignedIntLE();
            int protocolType = in.readUnsignedByte();
            int flags = in.readUnsignedShortLE();
            int decimals = in.readUnsignedByte();
            return Field.newBuilder()
                    .setName(name)
                    .setTypeValue(FieldTypes.of(protocolType, flags).number())
                    .setTable(table)
                    .setOrgTable(orgTable)
                    .setDatabase(schema.equals(database) ? keyspace : schema)
                    .setOrgName(orgName)
                    .setColumnLength((int) length)
                    .setCharset(charset)
                    .setDecimals(decimals)
                    .setFlags(FieldTypes.isNumeric(protocolType) ? flags | FieldTypes.NUMERIC : flags)
                    .build();
        }
    }

    @Override
    public String toString() {
        return Arrays.toString(all.stream().map(Field::getName).toArray());
    }
}
