package io.vtsphere.tablet.mysql;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What a client answers to MySQL's nonce so that the password does not travel.
 *
 * <p>Not thread-safe: it belongs to one login. Source: "Authentication Methods" of the MySQL client/server protocol.
 */
final class Scramble {
    static final String NATIVE = "mysql_native_password";
    private static final byte[] NOTHING = new byte[0];

    private final String plugin;
    private final byte[] nonce;
    private final byte[] password;

    Scramble(String plugin, byte[] nonce, String password) {
        this.plugin = plugin;
        this.nonce = nonce;
        this.password = password.getBytes(StandardCharsets.UTF_8);
    }

    byte[] response() {
        if (password.length == 0) {
            return NOTHING;
        }
        if (!plugin.equals(NATIVE)) {
            throw new IllegalStateException("authentication plugin " + plugin + " is not supported here");
        }
        byte[] once = sha1(password);
        byte[] mask = sha1(nonce, sha1(once));
        for (int i = 0; i < once.length; i++) {
            once[i] ^= mask[i];
        }
        return once;
    }

    byte[] more(byte[] data) {
        throw new IllegalStateException(
                "authentication plugin " + plugin + " wants more data (" + data.length + " bytes)");
    }

    private static byte[] sha1(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
