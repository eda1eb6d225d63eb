package io.vtsphere.vindex;

import io.vtsphere.text.GoText;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/** Partitions of the keyspace ids, written as their bounds. Source: Vitess' {@code go/vt/key/key.go}. */
public final class ShardingSpec {
    private static final int MAX_SHARDS = 65536;

    private ShardingSpec() {}

    /**
     * The ranges between the bounds of {@code spec}: {@code -40-80-} is {@code -40}, {@code 40-80} and {@code 80-}; {@code 0} is {@code -}.
     *
     * @throws VtException UNKNOWN if there is no dash, the bounds do not ascend, or one is not hexadecimal
     */
    public static List<KeyRange> parse(String spec) {
        String[] bounds = spec.equals("0") ? new String[] {"", ""} : spec.split("-", -1);
        if (bounds.length == 1) {
            throw malformed("doesn't define a range", spec);
        }
        List<KeyRange> ranges = new ArrayList<>(bounds.length - 1);
        for (int i = 1; i < bounds.length; i++) {
            if (bounds[i].isEmpty() && i != bounds.length - 1) {
                throw malformed("MinKey/MaxKey cannot be in the middle of the spec", spec);
            }
            if (!bounds[i].isEmpty() && bounds[i].compareTo(bounds[i - 1]) <= 0) {
                throw malformed("shard limits should be in order", spec);
            }
            ranges.add(KeyRange.of(
                    GoText.decodeHex(bounds[i - 1], Code.UNKNOWN, ""), GoText.decodeHex(bounds[i], Code.UNKNOWN, "")));
        }
        return Collections.unmodifiableList(ranges);
    }

    private static VtException malformed(String what, String spec) {
        return VtException.of(Code.UNKNOWN, "malformed spec: " + what + ": " + GoText.quote(spec));
    }

    /**
     * {@code count} ranges of, as nearly as one or two bytes allow, the same size.
     *
     * @throws VtException INVALID_ARGUMENT if {@code count} is not 1 to 65536
     */
    public static List<KeyRange> equalShards(int count) {
        if (count < 1 || count > MAX_SHARDS) {
            throw VtException.of(
                    Code.INVALID_ARGUMENT, "number of shards must be 1 to " + MAX_SHARDS + ", not " + count);
        }
        int digits = count <= 256 ? 2 : 4;
        long space = 1L << (4 * digits);
        List<KeyRange> ranges = new ArrayList<>(count);
        byte[] start = Bytes.EMPTY;
        for (int i = 1; i <= count; i++) {
            byte[] end = i == count
                    ? Bytes.EMPTY
                    : HexFormat.of().parseHex(HexFormat.of().toHexDigits(i * space / count, digits));
            ranges.add(KeyRange.of(start, end));
            start = end;
        }
        return Collections.unmodifiableList(ranges);
    }
}
