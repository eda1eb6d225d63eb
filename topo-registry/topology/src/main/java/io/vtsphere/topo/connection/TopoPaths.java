package io.vtsphere.topo.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Paths in a key-value store without directories. */
final class TopoPaths {
    private TopoPaths() {}

    /** Root and path as one key: slashes collapsed, none at the end (Go's {@code path.Join}). */
    static String join(String root, String path) {
        StringBuilder key = new StringBuilder(root.length() + path.length() + 1);
        for (String part : (root + "/" + path).split("/", -1)) {
            if (!part.isEmpty()) {
                key.append(key.isEmpty() && !root.startsWith("/") ? "" : "/").append(part);
            }
        }
        return key.toString();
    }

    /** How many characters of a key belong to the root and the slash after it. */
    static int rootLength(String root) {
        return join(root, "x").length() - 1;
    }

    /** The directory of an election, below the root. Source: Vitess' {@code go/vt/topo/etcd2topo/election.go}. */
    static String election(String name) {
        return "elections/" + name;
    }

    /** A directory's key as the prefix of what is below it. */
    static String directoryPrefix(String root, String path) {
        return join(root, path) + "/";
    }

    /** The names directly below a prefix, made from the sorted keys below it. */
    static final class Names {
        private final String prefix;
        private final TreeMap<String, TopoDirEntry> entries = new TreeMap<>();

        Names(String prefix) {
            this.prefix = prefix;
        }

        void add(String key, boolean ephemeral) {
            String rest = key.substring(prefix.length());
            int slash = rest.indexOf('/');
            String name = slash < 0 ? rest : rest.substring(0, slash);
            entries.merge(
                    name,
                    new TopoDirEntry(name, slash >= 0, ephemeral),
                    (first, second) -> new TopoDirEntry(
                            name, first.directory() || second.directory(), first.ephemeral() || second.ephemeral()));
        }

        List<TopoDirEntry> list() {
            if (entries.isEmpty()) {
                throw TopoException.of(TopoException.Kind.NO_NODE, prefix.substring(0, prefix.length() - 1));
            }
            return new ArrayList<>(entries.values());
        }
    }
}
