package io.vtsphere.topo.connection;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.etcd.jetcd.Client;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
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

    private final AtomicLong lastAnswer = new AtomicLong();

    EtcdTransport(Supplier<Client> factory) {
        this.factory = factory;
        this.client = factory.get();
        this.created = System.nanoTime();
        this.lastAnswer.set(created - MIN_AGE_NANOS);
    }

    Client client() {
        synchronized (lock) {
            return client;
        }
    }

    /** The server has answered, so that whatever else is wrong, it is not the transport. */
    void answered() {
        lastAnswer.set(System.nanoTime());
    }

    /**
     * Replaces a client whose calls fail, unless that has been done, or it is too new to judge, or it answers others.
     */
    void replace(Client failing) {
        synchronized (lock) {
            long now = System.nanoTime();
            if (client != failing || now - created < MIN_AGE_NANOS || now - lastAnswer.get() < MIN_AGE_NANOS) {
                return;
            }
            client = factory.get();
            created = now;
        }
        failing.close();
    }

    void close() {
        client().close();
    }
}
