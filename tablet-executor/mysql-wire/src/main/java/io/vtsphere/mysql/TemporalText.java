package io.vtsphere.mysql;

import io.netty.buffer.ByteBuf;

/** Reads {@code 2024-02-29 01:02:03.5}, {@code 2024-02-29} or {@code -838:59:59.000001} and writes the binary form. */
final class TemporalText {
    private final byte[] text;
    private final int start;
    private final int end;
    private int at;

    TemporalText(byte[] text, int offset, int length) {
        this.text = text;
        this.start = offset;
        this.at = offset;
        this.end = offset + length;
    }

    /** Zero, four, seven or eleven bytes behind their length: as many parts as the text has, none for the zero date. */
    void writeDateTime(ByteBuf out) {
        int year = number();
        expect('-');
        int month = number();
        expect('-');
        int day = number();
        int hour = 0;
        int minute = 0;
        int second = 0;
        int micros = 0;
        int length = 4;
        if (at < end) {
            length = 7;
            expect(' ');
            hour = number();
            expect(':');
            minute = number();
            expect(':');
            second = number();
            length = at < end ? 11 : 7;
            micros = fraction();
        }
        if ((year | month | day | hour | minute | second | micros) == 0) {
            length = 0;
        }
        out.writeByte(length);
        if (length >= 4) {
            out.writeShortLE(year);
            out.writeByte(month);
            out.writeByte(day);
        }
        if (length >= 7) {
            out.writeByte(hour);
            out.writeByte(minute);
            out.writeByte(second);
        }
        if (length == 11) {
            out.writeIntLE(micros);
        }
    }

    /** Zero, eight or twelve bytes behind their length: as many parts as the text has. */
    void writeTime(ByteBuf out) {
        boolean negative = at < end && text[at] == '-';
        if (negative) {
            at++;
        }
        int hours = number();
        expect(':');
        int minute = number();
        expect(':');
        int second = number();
        int length = at < end ? 12 : 8;
        int micros = fraction();
        if ((hours | minute | second | micros) == 0 && length == 8) {
            length = 0;
        }
        out.writeByte(length);
        if (length >= 8) {
            out.writeByte(negative ? 1 : 0);
            out.writeIntLE(hours / 24);
            out.writeByte(hours % 24);
            out.writeByte(minute);
            out.writeByte(second);
        }
        if (length == 12) {
            out.writeIntLE(micros);
        }
    }

    private int number() {
        int value = 0;
        int from = at;
        while (at < end && text[at] >= '0' && text[at] <= '9') {
            value = value * 10 + (text[at++] - '0');
        }
        if (at == from || at - from > 6) {
            throw bad();
        }
        return value;
    }

    /** Microseconds behind the point; 0 where the text ends. */
    private int fraction() {
        if (at == end) {
            return 0;
        }
        expect('.');
        int from = at;
        int micros = number();
        for (int digits = at - from; digits < 6; digits++) {
            micros *= 10;
        }
        if (at != end) {
            throw bad();
        }
        return micros;
    }

    private void expect(char c) {
        if (at >= end || text[at++] != c) {
            throw bad();
        }
    }

    private IllegalArgumentException bad() {
        return new IllegalArgumentException(
                "'" + BinaryValues.ascii(text, start, end - start) + "' is no date or time");
    }
}
