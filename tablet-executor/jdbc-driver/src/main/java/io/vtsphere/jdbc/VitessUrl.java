package io.vtsphere.jdbc;

import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import io.vtsphere.vterrors.VtException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code jdbc:vitess://<keyspace>[/<shard>][@<type>[|<alias>]][?key=value&…]}, also as {@code jdbc:mysql:vitess://…}, with the properties
 * of the connection.
 *
 * <p>Keys with a dash, and {@code cell}, are those of the {@code !VITESS} rule, and say where the topology is; all others are Connector/J's.
 *
 * @param text the URL without its query, as {@link java.sql.DatabaseMetaData#getURL} gives it
 * @param shard null for the whole keyspace
 * @param type null for the gate's default, PRIMARY
 * @param alias of the one tablet that is asked; null for any that serves
 * @param user the caller's name towards tablets; may be empty
 * @param gate keys of the gate
 * @param driver keys of Connector/J, without user and password
 */
record VitessUrl(
        String text,
        String keyspace,
        @Nullable String shard,
        @Nullable TabletType type,
        @Nullable TabletAlias alias,
        String user,
        SortedMap<String, String> gate,
        Map<String, String> driver) {
    private static final String SERVED = "(?:@([A-Za-z]+)(?:\\|([^/?@&|]*))?)?";
    private static final Pattern URL = Pattern.compile(
            "(jdbc:(?:mysql:)?vitess://([^/?@:&]+)(?:/([^/?@&|]*))?" + SERVED + ")(?:\\?(.*))?", Pattern.DOTALL);
    private static final Pattern PATH = Pattern.compile("([^/?@&:|]+)" + SERVED);
    private static final Pattern PREFIX = Pattern.compile("jdbc:(mysql:)?vitess:.*", Pattern.DOTALL);

    VitessUrl {
        gate = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(gate));
        driver = Map.copyOf(driver);
    }

    static boolean accepts(@Nullable String url) {
        return url != null && PREFIX.matcher(url).matches();
    }

    /**
     * Reads a URL that {@link #accepts}.
     *
     * @param info wins over the URL
     * @throws SQLException 08001 that says what is wrong
     */
    static VitessUrl parse(String url, Properties info) throws SQLException {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw wrong("'" + url + "' is not jdbc:vitess://<keyspace>/<shard>@<type>?key=value");
        }
        Map<String, String> keys = new TreeMap<>(query(parts.group(6)));
        for (String name : info.stringPropertyNames()) {
            keys.put(name, info.getProperty(name));
        }
        String user = keys.getOrDefault("user", "");
        keys.remove("user");
        // tablets trust the gate, and the gate is part of this process
        keys.remove("password");
        SortedMap<String, String> gate = new TreeMap<>();
        Map<String, String> driver = new TreeMap<>();
        keys.forEach((key, value) -> (key.equals("cell") || key.indexOf('-') >= 0 ? gate : driver).put(key, value));
        String shard = parts.group(3) == null || parts.group(3).isEmpty() ? null : decode(parts.group(3));
        return new VitessUrl(
                parts.group(1),
                parts.group(2),
                shard,
                type(parts.group(4)),
                alias(parts.group(5), shard),
                user,
                gate,
                driver);
    }

    /** As a client of the gate names it. */
    String target() {
        return keyspace
                + (shard == null ? "" : ":" + shard)
                + (type == null ? "" : "@" + type.lower())
                + (alias == null ? "" : "|" + alias);
    }

    /** Who may answer: the type's tablets, or the one with that alias. */
    TabletType served() {
        return type == null ? TabletType.PRIMARY : type;
    }

    /**
     * The target of another shard, type or tablet of the same keyspace.
     *
     * @param path as {@link #path} of a URL of it
     * @return null when it is none
     */
    @Nullable
    String sibling(String path) {
        Matcher parts = PATH.matcher(path);
        if (!parts.matches()) {
            return null;
        }
        try {
            String other = decode(parts.group(1));
            TabletType otherType = type(parts.group(2));
            TabletAlias otherAlias = alias(parts.group(3), other);
            return new VitessUrl(text, keyspace, other, otherType, otherAlias, user, gate, driver).target();
        } catch (SQLException e) {
            // then it is the name of a database
            return null;
        }
    }

    /** What follows the keyspace and its slash in the text, or null when nothing does: what a reader of MySQL's URLs takes for the database. */
    @Nullable
    String path() {
        int slash = text.indexOf('/', text.indexOf("://") + "://".length());
        return slash < 0 ? null : text.substring(slash + 1);
    }

    private static @Nullable TabletType type(@Nullable String name) throws SQLException {
        TabletType type = name == null ? null : TabletType.parse(name);
        if (name != null && (type == null || !type.isServing())) {
            throw wrong("'" + name + "' is not primary, replica or rdonly");
        }
        return type;
    }

    private static @Nullable TabletAlias alias(@Nullable String text, @Nullable String shard) throws SQLException {
        if (text == null) {
            return null;
        }
        if (shard == null) {
            throw wrong("a tablet needs a shard before it: '" + text + "'");
        }
        try {
            return TabletAlias.parse(text);
        } catch (VtException e) {
            throw new SQLException("jdbc:vitess: " + e.getMessage(), "08001", e);
        }
    }

    private static Map<String, String> query(@Nullable String text) throws SQLException {
        Map<String, String> keys = new TreeMap<>();
        if (text == null || text.isEmpty()) {
            return keys;
        }
        for (String part : text.split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals < 1) {
                throw wrong("'" + part + "' is not key=value");
            }
            keys.put(decode(part.substring(0, equals)), decode(part.substring(equals + 1)));
        }
        return keys;
    }

    private static String decode(String text) throws SQLException {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new SQLException("jdbc:vitess: '" + text + "' is not percent-encoded", "08001", e);
        }
    }

    private static SQLException wrong(String what) {
        return new SQLException("jdbc:vitess: " + what, "08001");
    }
}
