package io.vtsphere.topo.connection;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.etcd.jetcd.Client;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The client for one address, which can be replaced. gRPC waits longer and longer between its attempts to connect, up to two minutes, and
 * the client offers no way to shorten that; a new client tries at once. Thread-safe.
 */
final class EtcdTransport {
    /** Long enough for a client to connect and answer, short enough that a server that is back is found at once. */
    private static final long MIN_AGE_NANOS = Duration.ofSeconds(2).toNanos();

    private final Supplier<Client> factory;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private Client client;

    @GuardedBy("lock")
    private long created;

    EtcdTransport(Supplier<Client> factory) {
        this.factory = factory;
        this.client = factory.get();
        this.created = System.nanoTime();
    }

    Client client() {
        synchronized (lock) {
            return client;
        }
    }

    void reset() {
        Client old;
        synchronized (lock) {
            long now = System.nanoTime();
            if (now - created < MIN_AGE_NANOS) {
                return;
            }
            old = client;
            client = factory.get();
            created = now;
        }
        old.close();
    }

    void close() {
        client().close();
    }
}
