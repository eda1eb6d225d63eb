package io.vtsphere.vindex;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** The written-out hashes against the JDK's. */
class HashFunctionsTest {
    @Test
    void des_anyBlock_isTheJdksWithANullKey() throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("DES/ECB/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(new byte[8], "DES"));
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            long block = i < 128 ? 1L << i : random.nextLong();
            long encrypted = Bytes.getLong(cipher.doFinal(Bytes.ofLong(block)), 0);
            assertThat(Des.crypt(block)).isEqualTo(encrypted);
            assertThat(Des.crypt(encrypted)).isEqualTo(block);
        }
    }

    @Test
    void md5_anyLength_isTheJdks() throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("MD5");
        Random random = new Random(2);
        for (int length = 0; length < 300; length++) {
            byte[] text = new byte[length + 9];
            random.nextBytes(text);
            digest.update(text, 4, length);
            assertThat(Md5.hash(text, 4, 4 + length)).as("length %d", length).isEqualTo(digest.digest());
        }
    }

    @Test
    void xxhash_partOfAnArray_isThatOfTheCopy() {
        byte[] text = new byte[100];
        new Random(3).nextBytes(text);
        for (int to = 5; to < text.length; to++) {
            byte[] copy = Arrays.copyOfRange(text, 5, to);
            assertThat(XxHash.hash(text, 5, to)).isEqualTo(XxHash.hash(copy, 0, copy.length));
        }
    }
}
