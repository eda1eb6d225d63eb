package io.vtsphere.topo.connection;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The locks of one connection, which are given back with it. Thread-safe. */
final class HeldLocks implements AutoCloseable {
    private final Set<TopoLock> held = ConcurrentHashMap.newKeySet();

    TopoLock add(TopoLock lock) {
        TopoLock known = new Known(lock, held);
        held.add(known);
        return known;
    }

    @Override
    public void close() {
        held.forEach(TopoLock::close);
    }

    private static final class Known implements TopoLock {
        private final TopoLock lock;
        private final Set<TopoLock> held;

        Known(TopoLock lock, Set<TopoLock> held) {
            this.lock = lock;
            this.held = held;
        }

        @Override
        public void check() {
            lock.check();
        }

        @Override
        public void close() {
            if (held.remove(this)) {
                lock.close();
            }
        }
    }
}
