package io.vtsphere.mysql;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The plug-in mysql_native_password: {@code SHA1(password) XOR SHA1(scramble + SHA1(SHA1(password)))}.
 *
 * <p>Source: MySQL, <a
 * href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_authentication_methods_native_password_authentication.html">Native
 * Authentication</a>.
 */
public final class NativePassword {
    public static final String NAME = "mysql_native_password";

    private NativePassword() {}

    /** What a client answers; no bytes for an empty password. */
    public static byte[] scramble(String password, byte[] scramble) {
        if (password.isEmpty()) {
            return new byte[0];
        }
        MessageDigest sha1 = sha1();
        byte[] stage1 = sha1.digest(password.getBytes(StandardCharsets.UTF_8));
        byte[] stage2 = sha1.digest(stage1);
        sha1.update(scramble);
        return xor(stage1, sha1.digest(stage2));
    }

    /** What a server keeps: {@code SHA1(SHA1(password))}, 20 bytes. */
    public static byte[] hash(String password) {
        MessageDigest sha1 = sha1();
        return sha1.digest(sha1.digest(password.getBytes(StandardCharsets.UTF_8)));
    }

    /** Whether a client's answer proves the password behind {@link #hash}; takes the same time wherever it differs. */
    public static boolean verify(byte[] response, byte[] scramble, byte[] hash) {
        if (response.length != hash.length) {
            return false;
        }
        MessageDigest sha1 = sha1();
        sha1.update(scramble);
        byte[] stage1 = xor(response, sha1.digest(hash));
        return MessageDigest.isEqual(sha1.digest(stage1), hash);
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    static byte[] xor(byte[] left, byte[] right) {
        byte[] result = new byte[left.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (byte) (left[i] ^ right[i % right.length]);
        }
        return result;
    }
}
