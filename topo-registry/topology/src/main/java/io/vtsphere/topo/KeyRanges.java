package io.vtsphere.topo;

import com.google.protobuf.ByteString;
import io.vitess.proto.Topodata;
import io.vtsphere.vindex.KeyRange;
import java.util.Arrays;

/**
 * Key ranges in topology records. Bounds compare as unsigned bytes with trailing zero bytes ignored, so that {@code 80} equals {@code
 * 8000} (Vitess' {@code go/vt/key/key.go}).
 */
public final class KeyRanges {
    private static final byte[] UNBOUNDED = {};

    private KeyRanges() {}

    public static KeyRange of(Topodata.KeyRange range) {
        return KeyRange.of(range.getStart().toByteArray(), range.getEnd().toByteArray());
    }

    public static Topodata.KeyRange proto(KeyRange range) {
        return Topodata.KeyRange.newBuilder()
                .setStart(ByteString.copyFrom(range.start()))
                .setEnd(ByteString.copyFrom(range.end()))
                .build();
    }

    /** Orders ranges by where they begin. */
    public static int compareStarts(Topodata.KeyRange left, Topodata.KeyRange right) {
        return compare(left.getStart().toByteArray(), right.getStart().toByteArray());
    }

    /** Whether the outer range holds every id of the inner one. */
    public static boolean includes(KeyRange outer, KeyRange inner) {
        boolean begins = compare(outer.start(), inner.start()) <= 0;
        boolean unbounded = compare(outer.end(), UNBOUNDED) == 0;
        boolean ends = unbounded || (compare(inner.end(), UNBOUNDED) != 0 && compare(inner.end(), outer.end()) <= 0);
        return begins && ends;
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

    private static boolean isZero(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
