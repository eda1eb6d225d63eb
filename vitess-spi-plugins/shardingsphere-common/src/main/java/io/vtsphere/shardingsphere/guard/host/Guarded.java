package io.vtsphere.shardingsphere.guard.host;

import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.shardingsphere.mode.manager.ContextManager;

/**
 * The hosts of this process whose {@code !VITESS} rule asks for the guard. Thread-safe.
 *
 * <p>The one static state of the plug-ins, as that of {@link java.sql.DriverManager}: a host makes the two objects that have to meet here,
 * the listener that sees its rules and the decorator that sees its statements, by itself and apart.
 */
final class Guarded {
    private static final List<ContextManager> HOSTS = new CopyOnWriteArrayList<>();

    private Guarded() {}

    static void add(ContextManager manager) {
        HOSTS.add(manager);
    }

    static void remove(ContextManager manager) {
        HOSTS.remove(manager);
    }

    /** By name, since a host swaps whole databases while statements run. */
    static boolean contains(GuardLine line, String database) {
        for (ContextManager manager : HOSTS) {
            if (line.has(manager, database)) {
                return true;
            }
        }
        return false;
    }

    /** @throws IllegalStateException in a host of neither line */
    static GuardLine line() {
        for (GuardLine line : ServiceLoader.load(GuardLine.class, GuardLine.class.getClassLoader())) {
            if (line.present()) {
                return line;
            }
        }
        throw new IllegalStateException("this host is neither ShardingSphere 5.1 nor 5.5");
    }
}
