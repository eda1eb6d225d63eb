package io.vtsphere.vindex.sample;

import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vindex.Destination;
import io.vtsphere.vindex.KeyspaceId;
import io.vtsphere.vindex.None;
import io.vtsphere.vindex.SingleColumnVindex;
import java.math.BigInteger;
import java.util.Set;

/** The remainder of a whole number, spread evenly over the first byte. */
final class ModuloVindex implements SingleColumnVindex {
    private final String name;
    private final int buckets;

    ModuloVindex(String name, int buckets) {
        this.name = name;
        this.buckets = buckets;
    }

    @Override
    public Destination map(SqlValue value) {
        if (!value.type().isIntegral()) {
            return None.INSTANCE;
        }
        int bucket =
                new BigInteger(value.text()).mod(BigInteger.valueOf(buckets)).intValue();
        return KeyspaceId.of(new byte[] {(byte) (bucket * 256 / buckets)});
    }

    @Override
    public boolean verify(SqlValue value, KeyspaceId id) {
        return map(value).equals(id);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String type() {
        return "modulo";
    }

    @Override
    public int cost() {
        return 1;
    }

    @Override
    public boolean unique() {
        return true;
    }

    @Override
    public boolean needsVCursor() {
        return false;
    }

    @Override
    public Set<String> unknownParams() {
        return Set.of();
    }
}
