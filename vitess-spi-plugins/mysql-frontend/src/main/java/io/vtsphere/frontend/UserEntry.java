package io.vtsphere.frontend;

import io.vtsphere.mysql.CachingSha2Password;
import io.vtsphere.mysql.NativePassword;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way for a user to log in, as in vtgate's static authentication file.
 *
 * <p>Immutable; the byte arrays are never handed out for writing.
 *
 * @param nativeHash {@code SHA1(SHA1(password))}; null when only {@code sha2Hash} is known
 * @param sha2Hash {@code SHA256(SHA256(password))}; null when only {@code nativeHash} is known
 * @param emptyPassword whether the password is empty
 * @param userData the caller's user name towards tablets; may be empty
 * @param groups the caller's groups towards tablets
 */
record UserEntry(
        byte @Nullable [] nativeHash,
        byte @Nullable [] sha2Hash,
        boolean emptyPassword,
        String userData,
        List<String> groups) {
    static UserEntry of(UserConfig config) {
        String nativeText = config.mysqlNativePassword();
        String sha2Text = config.cachingSha2Password();
        String password = config.password();
        if (!nativeText.isEmpty()) {
            String hex = nativeText.startsWith("*") ? nativeText.substring(1) : nativeText;
            return new UserEntry(hex(hex, 20, "mysqlNativePassword"), null, false, config.userData(), config.groups());
        }
        if (!sha2Text.isEmpty()) {
            return new UserEntry(
                    null, hex(sha2Text, 32, "cachingSha2Password"), false, config.userData(), config.groups());
        }
        return new UserEntry(
                NativePassword.hash(password),
                CachingSha2Password.hash(password),
                password.isEmpty(),
                config.userData(),
                config.groups());
    }

    private static byte[] hex(String text, int bytes, String key) {
        try {
            byte[] hash = java.util.HexFormat.of().parseHex(text);
            if (hash.length == bytes) {
                return hash;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + " holds something else than hexadecimal digits", e);
        }
        throw new IllegalArgumentException(
                key + " has " + text.length() + " hexadecimal digits, " + 2 * bytes + " are due");
    }
}
