package io.vtsphere.topo.server;

import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;

/** Which names a cell, keyspace or shard may have. Source: Vitess' {@code go/vt/topo/validator.go}. */
final class Names {
    private static final int MAX_LENGTH = 64;

    private Names() {}

    /**
     * @throws VtException INVALID_ARGUMENT with the rule that the name breaks
     */
    static void check(String name) {
        if (name.isEmpty()) {
            throw invalid("empty name");
        }
        if (name.length() > MAX_LENGTH) {
            throw invalid("name " + name + " is too long");
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean legal =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-';
            if (!legal) {
                throw invalid("invalid character " + c + " in name " + name);
            }
        }
    }

    private static VtException invalid(String text) {
        return VtException.of(Code.INVALID_ARGUMENT, text);
    }
}
