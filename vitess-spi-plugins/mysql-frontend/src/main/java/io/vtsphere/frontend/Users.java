package io.vtsphere.frontend;

import io.vtsphere.mysql.CachingSha2Password;
import io.vtsphere.mysql.NativePassword;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who may log in, and the check of what a client says. Thread-safe.
 *
 * <p>An entry that has only the hash of mysql_native_password lets a caching_sha2_password client in too: by the password itself the first
 * time, by the fast proof afterwards.
 */
final class Users {
    private final Map<String, List<UserEntry>> entries = new HashMap<>();
    /** SHA256(SHA256(password)) of entries that were proved by the password itself; at most one per entry. */
    private final Map<UserEntry, byte[]> proved = new ConcurrentHashMap<>();

    Users(Map<String, List<UserConfig>> users) {
        users.forEach((name, configs) -> {
            try {
                entries.put(name, configs.stream().map(UserEntry::of).toList());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("users: " + name + ": " + e.getMessage(), e);
            }
        });
    }

    /** Whether some entry can be checked with the password itself only. */
    boolean mayNeedPasswords() {
        return entries.values().stream().flatMap(List::stream).anyMatch(entry -> entry.sha2Hash() == null);
    }

    /** The plug-in that can check every entry of the user; mysql_native_password for one that does not exist. */
    String pluginFor(String user) {
        List<UserEntry> known = entries.getOrDefault(user, List.of());
        return known.stream().anyMatch(entry -> entry.nativeHash() == null)
                ? CachingSha2Password.NAME
                : NativePassword.NAME;
    }

    /** The entry that the client's answer to the scramble proves, or null. */
    @Nullable
    UserEntry verify(String user, String plugin, byte[] response, byte[] scramble) {
        boolean isNative = plugin.equals(NativePassword.NAME);
        // caching_sha2_password says a single zero for the empty password when it is asked by an auth switch
        boolean empty = response.length == 0 || !isNative && response.length == 1 && response[0] == 0;
        for (UserEntry entry : entries.getOrDefault(user, List.of())) {
            if (empty ? entry.emptyPassword() : proves(entry, isNative, response, scramble)) {
                return entry;
            }
        }
        return null;
    }

    private boolean proves(UserEntry entry, boolean isNative, byte[] response, byte[] scramble) {
        if (isNative) {
            byte[] hash = entry.nativeHash();
            return hash != null && !entry.emptyPassword() && NativePassword.verify(response, scramble, hash);
        }
        byte[] hash = entry.sha2Hash() == null ? proved.get(entry) : entry.sha2Hash();
        return hash != null && !entry.emptyPassword() && CachingSha2Password.verify(response, scramble, hash);
    }

    /** Whether the password itself may prove what its fast proof did not. */
    boolean needsPassword(String user) {
        return entries.getOrDefault(user, List.of()).stream().anyMatch(entry -> entry.sha2Hash() == null);
    }

    /** The entry that the password proves, or null; the next fast proof will do. */
    @Nullable
    UserEntry verifyPassword(String user, String password) {
        byte[] sha2 = CachingSha2Password.hash(password);
        byte[] sha1 = NativePassword.hash(password);
        for (UserEntry entry : entries.getOrDefault(user, List.of())) {
            byte[] known = entry.sha2Hash();
            byte[] nativeHash = entry.nativeHash();
            if (known != null && MessageDigest.isEqual(known, sha2)) {
                return entry;
            }
            if (known == null && nativeHash != null && MessageDigest.isEqual(nativeHash, sha1)) {
                proved.put(entry, sha2);
                return entry;
            }
        }
        return null;
    }
}
