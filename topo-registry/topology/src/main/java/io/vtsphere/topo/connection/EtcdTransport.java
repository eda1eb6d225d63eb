package io.vtsphere.topo.connection;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.etcd.jetcd.Client;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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
    private Held held;

    @GuardedBy("lock")
    private long created;

    private final AtomicLong lastAnswer = new AtomicLong();

    /**
     * A client, and what completes when it is given up: its calls that are on the way may never end then, for it drops those that wait for
     * another try.
     */
    record Held(Client client, CompletableFuture<Void> givenUp) {
        static Held of(Client client) {
            return new Held(client, new CompletableFuture<>());
        }
    }

    EtcdTransport(Supplier<Client> factory) {
        this.factory = factory;
        this.held = Held.of(factory.get());
        this.created = System.nanoTime();
        this.lastAnswer.set(created - MIN_AGE_NANOS);
    }

    Held held() {
        synchronized (lock) {
            return held;
        }
    }

    Client client() {
        return held().client();
    }

    /** The server has answered, so that whatever else is wrong, it is not the transport. */
    void answered() {
        lastAnswer.set(System.nanoTime());
    }

    /**
     * Replaces a client whose calls fail, unless that has been done, or it is too new to judge, or it answers others.
     */
    void replace(Client failing) {
        Held before;
        synchronized (lock) {
            long now = System.nanoTime();
            if (held.client() != failing || now - created < MIN_AGE_NANOS || now - lastAnswer.get() < MIN_AGE_NANOS) {
                return;
            }
            before = held;
            held = Held.of(factory.get());
            created = now;
        }
        failing.close();
        before.givenUp().complete(null);
    }

    void close() {
        client().close();
    }
}
