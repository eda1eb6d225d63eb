package io.vtsphere.vindex;

import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code numeric_static_map}: the number that a JSON object gives for the value's number; else that of {@code fallback_type}, else the number
 * itself. What is no unsigned number has no shard, whatever the fallback.
 */
final class NumericStaticMap extends HashingVindex {
    private static final String JSON = "json";
    private static final String JSON_PATH = "json_path";
    private static final String FALLBACK_TYPE = "fallback_type";

    private final Map<Long, Long> numbers;
    private final @Nullable Hashing fallback;

    NumericStaticMap(String name, Map<String, String> params, VindexRegistry registry) {
        super("numeric_static_map", name, 1, params, Set.of(JSON, JSON_PATH, FALLBACK_TYPE));
        String json = params.get(JSON);
        String path = params.get(JSON_PATH);
        if (json == null && path == null) {
            throw VtException.of(
                    Code.INVALID_ARGUMENT,
                    "NumericStaticMap: Could not find either `json_path` or `json` params in vschema");
        }
        if (json != null && path != null) {
            throw VtException.of(
                    Code.INVALID_ARGUMENT, "NumericStaticMap: Found both `json` and `json_path` params in vschema");
        }
        Map<Long, Long> parsed = new HashMap<>();
        JsonParams.numbers(json != null ? json : JsonParams.readFile(String.valueOf(path)))
                .forEach((key, number) -> parsed.put(Params.unsigned(key), number));
        this.numbers = Map.copyOf(parsed);
        String type = params.get(FALLBACK_TYPE);
        this.fallback = type != null && registry.create(type, name + "_hash", Map.of()) instanceof Hashing hashing
                ? hashing
                : null;
    }

    @Override
    public Destination map(SqlValue value) {
        byte[] text = value.bytes();
        if (!Values.isUint64(text)) {
            return None.INSTANCE;
        }
        try {
            return KeyspaceId.of(hash(value));
        } catch (VtException e) {
            // A value that the fallback cannot hash has no shard.
            return None.INSTANCE;
        }
    }

    @Override
    public byte[] hash(SqlValue value) {
        long number = Values.toUint64(value);
        Long mapped = numbers.get(number);
        if (mapped != null) {
            return Bytes.ofLong(mapped);
        }
        return fallback != null ? fallback.hash(value) : Bytes.ofLong(number);
    }
}
