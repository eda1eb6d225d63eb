package io.vtsphere.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class AnswerPacketsTest {
    @Test
    void ok_isReadBack() {
        for (int capabilities : new int[] {0, Capabilities.SESSION_TRACK}) {
            ByteBuf buf = Unpooled.buffer();
            OkPacket.encode(buf, OkPacket.HEADER, 300, -1L, 3, 7, "Rows matched: 1", capabilities);
            assertThat(OkPacket.decode(buf, capabilities))
                    .usingRecursiveComparison()
                    .isEqualTo(new OkPacket(300, -1L, 3, 7, "Rows matched: 1"));
        }
    }

    @Test
    void err_isReadBackWithAndWithoutSqlState() {
        ByteBuf buf = Unpooled.buffer();
        ErrPacket.encode(buf, 1062, "23000", "Duplicate entry 'é'");
        assertThat(ErrPacket.decode(buf)).isEqualTo(new ErrPacket(1062, "23000", "Duplicate entry 'é'"));
        ByteBuf old = Unpooled.buffer().writeByte(0xff).writeShortLE(1040).writeBytes(new byte[] {'T', 'o', 'o'});
        assertThat(ErrPacket.decode(old)).isEqualTo(new ErrPacket(1040, "HY000", "Too"));
    }

    @Test
    void eof_isToldFromARowWithALongValue() {
        ByteBuf eof = Unpooled.buffer();
        EofPacket.encode(eof, 2, 8);
        assertThat(EofPacket.endsRows(eof, 0)).isTrue();
        assertThat(EofPacket.decode(eof)).isEqualTo(new EofPacket(2, 8));
        ByteBuf row = Unpooled.buffer().writeByte(0xfe).writeLongLE(1 << 24).writeZero(100);
        assertThat(EofPacket.endsRows(row, 0)).isFalse();
        ByteBuf ok = Unpooled.buffer();
        OkPacket.encode(ok, OkPacket.END_OF_ROWS_HEADER, 0, 0, 2, 0, "", Capabilities.DEPRECATE_EOF);
        assertThat(EofPacket.endsRows(ok, Capabilities.DEPRECATE_EOF)).isTrue();
        assertThat(EofPacket.endsRows(row, Capabilities.DEPRECATE_EOF)).isTrue();
        assertThat(EofPacket.endsRows(
                        Unpooled.buffer(Packets.MAX_FRAME + 9).writeByte(0xfe).writeZero(Packets.MAX_FRAME + 8),
                        Capabilities.DEPRECATE_EOF))
                .isFalse();
    }

    @Test
    void columnDefinition_andPrepareOk_areReadBack() {
        ColumnDefinition column = new ColumnDefinition(
                "ks", "t", "org_t", "näme", "org", 255, 0xffffffffL, ColumnType.VAR_STRING, 0xffff, 31);
        ByteBuf buf = Unpooled.buffer();
        column.encode(buf);
        assertThat(ColumnDefinition.decode(buf)).isEqualTo(column);
        assertThat(buf.readableBytes()).isEqualTo(2);
        ByteBuf prepared = Unpooled.buffer();
        new PrepareOk(-2, 65535, 3, 1).encode(prepared);
        assertThat(prepared.readableBytes()).isEqualTo(12);
        assertThat(PrepareOk.decode(prepared)).isEqualTo(new PrepareOk(-2, 65535, 3, 1));
    }
}
