package io.vtsphere.vindex;

import io.vtsphere.sqltypes.SqlValue;
import java.io.ByteArrayOutputStream;
import java.util.Map;

/** {@code cfc} over LIKE patterns: the key range of the pattern's text up to its first wildcard. */
final class CfcPrefix extends FunctionalVindex implements SingleColumnVindex {
    private final Cfc whole;

    CfcPrefix(Cfc whole, String name, int cost, Map<String, String> params) {
        super("cfc", name, cost, params, Cfc.knownParams());
        this.whole = whole;
    }

    @Override
    public boolean unique() {
        return false;
    }

    @Override
    public Destination map(SqlValue pattern) {
        byte[] text = Values.toBytes(pattern);
        byte[] literal = literalPrefix(text);
        // Behind the last offset one hash stands for all that follows, so the start of what follows says nothing.
        // (Vitess hashes it.)
        return PrefixRange.of(
                hasWildcard(text)
                        ? whole.key().components(literal)
                        : whole.key().prefix(literal));
    }

    @Override
    public boolean verify(SqlValue value, KeyspaceId id) {
        return whole.verify(value, id);
    }

    private static boolean hasWildcard(byte[] pattern) {
        for (int i = 0; i < pattern.length; i++) {
            if (pattern[i] == '%' || pattern[i] == '_') {
                return true;
            }
            i += pattern[i] == '\\' ? 1 : 0;
        }
        return false;
    }

    /** The text before the first unescaped {@code %} or {@code _}, with MySQL's escapes decoded; a last lone backslash stays. */
    static byte[] literalPrefix(byte[] pattern) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(pattern.length);
        for (int i = 0; i < pattern.length && pattern[i] != '%' && pattern[i] != '_'; i++) {
            if (pattern[i] == '\\' && i + 1 < pattern.length) {
                out.write(unescape(pattern[++i]));
            } else {
                out.write(pattern[i]);
            }
        }
        return out.toByteArray();
    }

    private static int unescape(byte character) {
        return switch (character) {
            case '0' -> 0;
            case 'b' -> '\b';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'Z' -> 26;
            default -> character;
        };
    }
}
