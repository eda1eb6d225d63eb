package io.vtsphere.vindex;

import io.vtsphere.sqltypes.SqlValue;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/** A single-column type whose keyspace id is {@link #hash} of the value; what cannot be hashed is an error. */
abstract class HashingVindex extends FunctionalVindex implements SingleColumnVindex, Hashing {
    HashingVindex(String type, String name, int cost, Map<String, String> params, Set<String> known) {
        super(type, name, cost, params, known);
    }

    @Override
    public Destination map(SqlValue value) {
        return KeyspaceId.of(hash(value));
    }

    @Override
    public boolean verify(SqlValue value, KeyspaceId id) {
        return Arrays.equals(hash(value), id.bytes());
    }
}
