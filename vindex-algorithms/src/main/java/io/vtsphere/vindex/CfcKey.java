package io.vtsphere.vindex;

import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** The components of a {@code cfc} key and how they become bytes of the keyspace id. */
final class CfcKey {
    /** The hash of one component. */
    enum ComponentHash {
        NONE,
        MD5,
        XXHASH64
    }

    private final String name;
    private final ComponentHash hash;
    private final long[] offsets;

    CfcKey(String name, ComponentHash hash, long[] offsets) {
        this.name = name;
        this.hash = hash;
        this.offsets = offsets;
    }

    /**
     * The keyspace id of a whole key.
     *
     * @throws VtException INVALID_ARGUMENT if a component is missing
     */
    byte[] whole(byte[] key) {
        if (hash != ComponentHash.NONE && key.length < offsets[offsets.length - 1]) {
            throw VtException.of(
                    Code.INVALID_ARGUMENT,
                    "insufficient size for cfc vindex " + name + ". need " + offsets[offsets.length - 1] + ", got "
                            + key.length);
        }
        return prefix(key);
    }

    /** The keyspace id of the components that the key has, whole ones only; what follows the last offset is one more. */
    byte[] prefix(byte[] key) {
        return hashed(key, true);
    }

    /** The first bytes of the keyspace ids of all keys that start with {@code start}: those of its whole components. */
    byte[] components(byte[] start) {
        return hashed(start, false);
    }

    private byte[] hashed(byte[] key, boolean withRest) {
        if (hash == ComponentHash.NONE) {
            return key;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(key.length);
        int from = 0;
        for (long offset : offsets) {
            if (key.length < offset) {
                return out.toByteArray();
            }
            out.writeBytes(component(key, from, (int) offset));
            from = (int) offset;
        }
        if (withRest && from < key.length) {
            out.writeBytes(component(key, from, key.length));
        }
        return out.toByteArray();
    }

    private byte[] component(byte[] key, int from, int to) {
        byte[] hashed = hash == ComponentHash.MD5 ? Md5.hash(key, from, to) : XxHash.hash(key, from, to);
        return to - from < hashed.length ? Arrays.copyOf(hashed, to - from) : hashed;
    }
}
