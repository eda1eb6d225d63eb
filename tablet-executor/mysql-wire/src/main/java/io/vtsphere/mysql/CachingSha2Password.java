package io.vtsphere.mysql;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;

/**
 * The plug-in caching_sha2_password: a fast proof {@code SHA256(password) XOR SHA256(SHA256(SHA256(password)) + scramble)}, and the
 * password itself, over TLS or encrypted with the server's RSA key, where the server has nothing to check the fast one with.
 *
 * <p>Source: MySQL, <a
 * href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_caching_sha2_authentication_exchanges.html">Caching_sha2_password
 * information</a>.
 */
public final class CachingSha2Password {
    public static final String NAME = "caching_sha2_password";

    /** First byte of the server's packet that carries one of the codes below, or the public key. */
    public static final int AUTH_MORE_DATA = 0x01;

    /** The server asks nothing more: an OK follows. */
    public static final int FAST_AUTH_SUCCESS = 0x03;

    /** The server asks for the password. */
    public static final int PERFORM_FULL_AUTHENTICATION = 0x04;

    /** The client asks for the public key. */
    public static final int REQUEST_PUBLIC_KEY = 0x02;

    private static final String RSA = "RSA/ECB/OAEPWithSHA-1AndMGF1Padding";
    private static final String PEM_BEGIN = "-----BEGIN PUBLIC KEY-----\n";
    private static final String PEM_END = "\n-----END PUBLIC KEY-----\n";

    private CachingSha2Password() {}

    /** What a client answers; no bytes for an empty password. */
    public static byte[] scramble(String password, byte[] scramble) {
        if (password.isEmpty()) {
            return new byte[0];
        }
        MessageDigest sha256 = sha256();
        byte[] stage1 = sha256.digest(password.getBytes(StandardCharsets.UTF_8));
        byte[] stage2 = sha256.digest(stage1);
        sha256.update(stage2);
        return NativePassword.xor(stage1, sha256.digest(scramble));
    }

    /** What a server keeps for the fast proof: {@code SHA256(SHA256(password))}, 32 bytes. */
    public static byte[] hash(String password) {
        MessageDigest sha256 = sha256();
        return sha256.digest(sha256.digest(password.getBytes(StandardCharsets.UTF_8)));
    }

    /** Whether a client's answer proves the password behind {@link #hash}; takes the same time wherever it differs. */
    public static boolean verify(byte[] response, byte[] scramble, byte[] hash) {
        if (response.length != hash.length) {
            return false;
        }
        MessageDigest sha256 = sha256();
        sha256.update(hash);
        byte[] stage1 = NativePassword.xor(response, sha256.digest(scramble));
        return MessageDigest.isEqual(sha256.digest(stage1), hash);
    }

    /**
     * The password as a client sends it after it has got the server's public key.
     *
     * @throws GeneralSecurityException when the text is no RSA key in PEM, or the password too long for it
     */
    public static byte[] encrypt(String password, byte[] scramble, String publicKeyPem)
            throws GeneralSecurityException {
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        Cipher cipher = Cipher.getInstance(RSA);
        cipher.init(Cipher.ENCRYPT_MODE, publicKey(publicKeyPem));
        return cipher.doFinal(NativePassword.xor(Arrays.copyOf(bytes, bytes.length + 1), scramble));
    }

    /**
     * What {@link #encrypt} has hidden.
     *
     * @throws GeneralSecurityException when the bytes were not encrypted with that key
     */
    public static String decrypt(byte[] encrypted, byte[] scramble, PrivateKey key) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(RSA);
        cipher.init(Cipher.DECRYPT_MODE, key);
        return untilZero(NativePassword.xor(cipher.doFinal(encrypted), scramble));
    }

    /** A password that came in clear, over TLS: the text before its terminating zero. */
    public static String untilZero(byte[] bytes) {
        int length = bytes.length > 0 && bytes[bytes.length - 1] == 0 ? bytes.length - 1 : bytes.length;
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** The key as the server sends it. */
    public static String pem(PublicKey key) {
        Base64.Encoder encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
        return PEM_BEGIN + encoder.encodeToString(key.getEncoded()) + PEM_END;
    }

    private static PublicKey publicKey(String pem) throws GeneralSecurityException {
        String body = pem.replaceAll("-----(BEGIN|END) PUBLIC KEY-----", "").strip();
        try {
            byte[] der = Base64.getMimeDecoder().decode(body);
            return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("the server's public key is no PEM: " + pem, e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
