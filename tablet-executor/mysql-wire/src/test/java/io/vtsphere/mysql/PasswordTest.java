package io.vtsphere.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordTest {
    private static final byte[] SCRAMBLE = "abcdefghijklmnopqrst".getBytes(StandardCharsets.US_ASCII);

    @Test
    void nativeHash_isMySqlsPasswordFunction() {
        // select password('password') of MySQL 5.7
        assertThat(HexFormat.of().withUpperCase().formatHex(NativePassword.hash("password")))
                .isEqualTo("2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19");
    }

    @Test
    void sha2Scramble_isWhatTheFormulaGives() throws Exception {
        java.security.MessageDigest sha = java.security.MessageDigest.getInstance("SHA-256");
        byte[] one = sha.digest("päss".getBytes(StandardCharsets.UTF_8));
        byte[] two = sha.digest(one);
        sha.update(two);
        byte[] mask = sha.digest(SCRAMBLE);
        byte[] expected = new byte[32];
        for (int i = 0; i < 32; i++) {
            expected[i] = (byte) (one[i] ^ mask[i]);
        }
        assertThat(CachingSha2Password.scramble("päss", SCRAMBLE)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "password", "日本 pass"})
    void proofs_areAcceptedForTheirPasswordOnly(String password) {
        byte[] sha1 = NativePassword.hash(password);
        byte[] sha2 = CachingSha2Password.hash(password);
        assertThat(NativePassword.verify(NativePassword.scramble(password, SCRAMBLE), SCRAMBLE, sha1))
                .isTrue();
        assertThat(CachingSha2Password.verify(CachingSha2Password.scramble(password, SCRAMBLE), SCRAMBLE, sha2))
                .isTrue();
        assertThat(NativePassword.verify(NativePassword.scramble(password + "x", SCRAMBLE), SCRAMBLE, sha1))
                .isFalse();
        assertThat(CachingSha2Password.verify(CachingSha2Password.scramble("x" + password, SCRAMBLE), SCRAMBLE, sha2))
                .isFalse();
        byte[] other = SCRAMBLE.clone();
        other[3]++;
        assertThat(NativePassword.verify(NativePassword.scramble(password, other), SCRAMBLE, sha1))
                .isFalse();
        assertThat(CachingSha2Password.verify(CachingSha2Password.scramble(password, other), SCRAMBLE, sha2))
                .isFalse();
        assertThat(NativePassword.verify(new byte[0], SCRAMBLE, sha1)).isFalse();
        assertThat(CachingSha2Password.verify(new byte[1], SCRAMBLE, sha2)).isFalse();
    }

    @Test
    void emptyPassword_isNoBytes() {
        assertThat(NativePassword.scramble("", SCRAMBLE)).isEmpty();
        assertThat(CachingSha2Password.scramble("", SCRAMBLE)).isEmpty();
    }

    @Test
    void password_passesThroughTheServersKey() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        String pem = CachingSha2Password.pem(pair.getPublic());
        byte[] encrypted = CachingSha2Password.encrypt("日本 pass", SCRAMBLE, pem);
        assertThat(CachingSha2Password.decrypt(encrypted, SCRAMBLE, pair.getPrivate()))
                .isEqualTo("日本 pass");
        encrypted[5] ^= 1;
        assertThatThrownBy(() -> CachingSha2Password.decrypt(encrypted, SCRAMBLE, pair.getPrivate()))
                .isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> CachingSha2Password.encrypt("p", SCRAMBLE, "no key"))
                .isInstanceOf(GeneralSecurityException.class);
    }
}
