package io.vtsphere.vindex;

import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.text.GoText;
import io.vtsphere.text.Utf8;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/** {@code unicode_loose_md5} and {@code unicode_loose_xxhash}: the hash of the text without case, accents and trailing spaces. */
final class UnicodeLoose extends FunctionalVindex implements SingleColumnVindex, Hashing {
    private final boolean md5;

    private UnicodeLoose(String type, boolean md5, String name, Map<String, String> params) {
        super(type, name, 1, params, Set.of());
        this.md5 = md5;
    }

    static UnicodeLoose md5(String name, Map<String, String> params) {
        return new UnicodeLoose("unicode_loose_md5", true, name, params);
    }

    static UnicodeLoose xxhash(String name, Map<String, String> params) {
        return new UnicodeLoose("unicode_loose_xxhash", false, name, params);
    }

    @Override
    public Destination map(SqlValue value) {
        return KeyspaceId.of(hash(value, ".Map: "));
    }

    @Override
    public boolean verify(SqlValue value, KeyspaceId id) {
        return Arrays.equals(hash(value, ".Verify: "), id.bytes());
    }

    private byte[] hash(SqlValue value, String operation) {
        try {
            return hash(value);
        } catch (VtException e) {
            throw e.withPrefix((md5 ? "UnicodeLooseMD5" : "UnicodeLooseXXHash") + operation);
        }
    }

    @Override
    public byte[] hash(SqlValue value) {
        CollationKey key = key(value);
        return md5 ? Md5.hash(key.bytes(), 0, key.length()) : XxHash.hash(key.bytes(), 0, key.length());
    }

    /** The MD5 by which {@code lookup_unicodeloosemd5_hash} replaces values. */
    static byte[] md5(SqlValue value) {
        CollationKey key = key(value);
        return Md5.hash(key.bytes(), 0, key.length());
    }

    private static CollationKey key(SqlValue value) {
        byte[] text = Values.toBytes(value);
        if (!Utf8.isValid(text, 0, text.length)) {
            throw VtException.of(
                    Code.UNKNOWN, "cannot normalize string containing invalid UTF-8: " + GoText.quote(text));
        }
        int end = text.length;
        while (end > 0 && text[end - 1] == ' ') {
            end--;
        }
        return CollationKey.of(text, 0, end);
    }
}
