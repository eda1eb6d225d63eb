package io.vtsphere.topo;

import com.google.protobuf.ByteString;
import io.vitess.proto.Topodata;
import io.vtsphere.vindex.KeyRange;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Key ranges in topology records. Bounds compare as unsigned bytes with trailing zero bytes ignored, so that {@code 80} equals {@code
 * 8000} (Vitess' {@code go/vt/key/key.go}).
 */
final class KeyRanges {
    private KeyRanges() {}

    static KeyRange of(Topodata.KeyRange range) {
        return KeyRange.of(range.getStart().toByteArray(), range.getEnd().toByteArray());
    }

    static Topodata.KeyRange proto(KeyRange range) {
        return Topodata.KeyRange.newBuilder()
                .setStart(ByteString.copyFrom(range.start()))
                .setEnd(ByteString.copyFrom(range.end()))
                .build();
    }

    /** Compares two bounds or keyspace ids; an empty one is the lowest. */
    static int compare(byte[] left, byte[] right) {
        int common = Math.min(left.length, right.length);
        int mismatch = Arrays.mismatch(left, 0, common, right, 0, common);
        if (mismatch >= 0) {
            return Byte.compareUnsigned(left[mismatch], right[mismatch]);
        }
        if (left.length > common) {
            return isZero(left, common) ? 0 : 1;
        }
        return isZero(right, common) ? 0 : -1;
    }

    static boolean isUnbounded(byte[] bound) {
        return isZero(bound, 0);
    }

    static String print(byte[] start, byte[] end) {
        HexFormat hex = HexFormat.of();
        return hex.formatHex(start) + "-" + hex.formatHex(end);
    }

    private static boolean isZero(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
