package io.vtsphere.frontend;

import java.util.List;

/**
 * A user's entry as configured. At most one of the three password forms may be set; none is the empty password.
 *
 * <p>Source: Vitess' {@code go/mysql/auth_server_static.go}.
 *
 * @param password clear text; empty for none
 * @param mysqlNativePassword hexadecimal {@code SHA1(SHA1(password))}, with or without a leading {@code *}; empty for none
 * @param cachingSha2Password hexadecimal {@code SHA256(SHA256(password))}; empty for none
 * @param userData the caller's user name towards tablets; may be empty
 * @param groups the caller's groups towards tablets
 */
public record UserConfig(
        String password, String mysqlNativePassword, String cachingSha2Password, String userData, List<String> groups) {
    /**
     * Copies the groups.
     *
     * @throws IllegalArgumentException when two password forms are set
     */
    public UserConfig {
        groups = List.copyOf(groups);
        int forms = (password.isEmpty() ? 0 : 1)
                + (mysqlNativePassword.isEmpty() ? 0 : 1)
                + (cachingSha2Password.isEmpty() ? 0 : 1);
        if (forms > 1) {
            throw new IllegalArgumentException(
                    "only one of password, mysqlNativePassword and cachingSha2Password may be set");
        }
    }

    /** An entry with a clear text password, whose caller name is {@code userData}. */
    public static UserConfig withPassword(String password, String userData) {
        return new UserConfig(password, "", "", userData, List.of());
    }
}
