package io.vtsphere.topo.connection;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import io.etcd.jetcd.options.WatchOption;
import io.etcd.jetcd.watch.WatchEvent;
import io.vtsphere.topo.connection.TopoException.Kind;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lock in etcd as Vitess takes it: a key below {@code <dir>/locks/} named by a lease and bound to it; the oldest key holds the lock.
 *
 * <p>Source: Vitess' {@code go/vt/topo/etcd2topo/lock.go}.
 */
final class EtcdLock implements TopoLock {
    private static final Logger LOG = LoggerFactory.getLogger(EtcdLock.class);

    /** Where the keys of those that hold or want a lock are, below what it locks. */
    static final String DIRECTORY = "/locks/";

    /** Of those keys the one that holds the lock. */
    static final GetOption OLDEST = GetOption.builder()
            .isPrefix(true)
            .withSortField(GetOption.SortTarget.MOD)
            .withSortOrder(GetOption.SortOrder.ASCEND)
            .withLimit(1)
            .build();

    private final Client client;
    private final String key;
    private final long lease;
    private final ScheduledFuture<?> keepAlive;
    private final Duration operationTimeout;

    private EtcdLock(
            ScheduledExecutorService timer,
            Client client,
            String key,
            long lease,
            Duration ttl,
            Duration operationTimeout) {
        this.client = client;
        this.key = key;
        this.lease = lease;
        this.operationTimeout = operationTimeout;
        long period = Math.max(1, ttl.toMillis() / 3);
        this.keepAlive = timer.scheduleWithFixedDelay(this::keepAlive, period, period, TimeUnit.MILLISECONDS);
    }

    /**
     * @param timer renews the lease; the client's own renewal needs a newer Netty than the proxy's
     */
    static EtcdLock acquire(
            ScheduledExecutorService timer,
            Client client,
            String directory,
            String text,
            Duration ttl,
            Duration operationTimeout,
            Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        String prefix = directory + DIRECTORY;
        long lease = EtcdCalls.await(client.getLeaseClient().grant(ttl.toSeconds()), operationTimeout, prefix)
                .getID();
        EtcdLock lock = new EtcdLock(timer, client, prefix + lease, lease, ttl, operationTimeout);
        boolean held = false;
        try {
            PutOption option = PutOption.builder().withLeaseId(lease).build();
            long revision = EtcdCalls.await(
                            client.getKVClient().put(EtcdTopo.bytes(lock.key), EtcdTopo.bytes(text), option),
                            operationTimeout,
                            lock.key)
                    .getHeader()
                    .getRevision();
            lock.awaitOlder(prefix, revision, deadline);
            held = true;
            return lock;
        } finally {
            if (!held) {
                lock.close();
            }
        }
    }

    private void awaitOlder(String prefix, long revision, long deadline) {
        KV kv = client.getKVClient();
        GetOption last = GetOption.builder()
                .isPrefix(true)
                .withMaxModRevision(revision - 1)
                .withSortField(GetOption.SortTarget.MOD)
                .withSortOrder(GetOption.SortOrder.DESCEND)
                .withLimit(1)
                .build();
        while (true) {
            GetResponse older = EtcdCalls.await(kv.get(EtcdTopo.bytes(prefix), last), operationTimeout, prefix);
            if (older.getKvs().isEmpty()) {
                return;
            }
            awaitDelete(older.getKvs().get(0), older.getHeader().getRevision() + 1, deadline);
        }
    }

    private void awaitDelete(KeyValue holder, long revision, long deadline) {
        ByteSequence held = holder.getKey();
        CountDownLatch gone = new CountDownLatch(1);
        WatchOption option = WatchOption.builder()
                .withRevision(revision)
                .withRequireLeader(true)
                .build();
        // An error also ends the wait: the caller then looks again.
        Watch.Listener listener = Watch.listener(
                response -> {
                    if (response.getEvents().stream()
                            .anyMatch(event -> event.getEventType() == WatchEvent.EventType.DELETE)) {
                        gone.countDown();
                    }
                },
                failure -> gone.countDown(),
                gone::countDown);
        try (Watch.Watcher watcher = client.getWatchClient().watch(held, option, listener)) {
            if (!gone.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw TopoException.of(
                        Kind.TIMEOUT,
                        "lock " + key + " is held by " + EtcdTopoConnection.text(held) + ": "
                                + EtcdTopoConnection.text(holder.getValue()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw TopoException.of(Kind.INTERRUPTED, key, e);
        }
    }

    @Override
    public void check() {
        EtcdCalls.await(client.getLeaseClient().keepAliveOnce(lease), operationTimeout, key);
    }

    @Override
    public void close() {
        keepAlive.cancel(false);
        try {
            EtcdCalls.await(client.getLeaseClient().revoke(lease), operationTimeout, key);
        } catch (TopoException e) {
            LOG.warn("the lock {} was not given back; it ends with its lease: {}", key, e.getMessage());
        }
    }

    /** Does not wait for the answer: if it does not come, the next one is asked in time. */
    private void keepAlive() {
        client.getLeaseClient().keepAliveOnce(lease).whenComplete((answer, failure) -> {
            if (failure != null && !keepAlive.isCancelled()) {
                LOG.warn("the lease of the topology lock {} was not renewed: {}", key, failure.getMessage());
            }
        });
    }
}
