package io.vtsphere.vindex;

import com.fasterxml.jackson.databind.JsonNode;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * {@code cfc}: a key of concatenated components of fixed width, each hashed by itself, so that keys with a common prefix of components share
 * a prefix of the keyspace id.
 */
final class Cfc extends FunctionalVindex implements SingleColumnVindex, Prefixable {
    private static final String HASH = "hash";
    private static final String OFFSETS = "offsets";

    private final CfcKey key;
    private final CfcPrefix prefix;

    Cfc(String name, Map<String, String> params) {
        super("cfc", name, 1, params, Set.of(HASH, OFFSETS));
        CfcKey.ComponentHash hash = hash(name, params.getOrDefault(HASH, ""));
        long[] offsets = {};
        if (hash != CfcKey.ComponentHash.NONE) {
            offsets = offsets(name, params.getOrDefault(OFFSETS, ""));
        }
        this.key = new CfcKey(name, hash, offsets);
        this.prefix = new CfcPrefix(this, name, offsets.length > 0 ? offsets.length : 2, params);
    }

    static Set<String> knownParams() {
        return Set.of(HASH, OFFSETS);
    }

    private static CfcKey.ComponentHash hash(String name, String param) {
        return switch (param) {
            case "" -> CfcKey.ComponentHash.NONE;
            case "md5" -> CfcKey.ComponentHash.MD5;
            case "xxhash64" -> CfcKey.ComponentHash.XXHASH64;
            default -> throw VtException.of(Code.INVALID_ARGUMENT, "invalid hash " + param + " to CFC vindex " + name);
        };
    }

    private static long[] offsets(String name, String param) {
        if (param.isEmpty()) {
            throw VtException.of(Code.INVALID_ARGUMENT, "CFC vindex requires offsets when hash is defined");
        }
        String invalid =
                "invalid offsets " + param + " to CFC vindex " + name + ". expected sorted positive ints in brackets";
        JsonNode list;
        try {
            list = JsonParams.parse(param);
        } catch (VtException e) {
            throw VtException.of(Code.INVALID_ARGUMENT, invalid, e);
        }
        long[] offsets = new long[list.size()];
        boolean valid = list.isArray() && offsets.length > 0;
        for (int i = 0; valid && i < offsets.length; i++) {
            JsonNode offset = list.get(i);
            offsets[i] = offset.longValue();
            valid = offset.isIntegralNumber()
                    && offset.canConvertToLong()
                    && offsets[i] > (i == 0 ? 0 : offsets[i - 1]);
        }
        if (!valid) {
            throw VtException.of(Code.INVALID_ARGUMENT, invalid);
        }
        return offsets;
    }

    CfcKey key() {
        return key;
    }

    @Override
    public Destination map(SqlValue value) {
        return KeyspaceId.of(key.whole(Values.toBytes(value)));
    }

    @Override
    public boolean verify(SqlValue value, KeyspaceId id) {
        return Arrays.equals(key.whole(Values.toBytes(value)), id.bytes());
    }

    @Override
    public SingleColumnVindex prefixVindex() {
        return prefix;
    }
}
