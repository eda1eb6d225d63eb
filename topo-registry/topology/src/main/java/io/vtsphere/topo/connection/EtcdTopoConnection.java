package io.vtsphere.topo.connection;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import io.vtsphere.topo.connection.TopoException.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Files below one root of an etcd. Versions are etcd's mod revisions. */
final class EtcdTopoConnection implements TopoConnection {
    /** Everything whose key begins so, in order of key. */
    private static final GetOption BELOW = GetOption.builder()
            .isPrefix(true)
            .withSortField(GetOption.SortTarget.KEY)
            .withSortOrder(GetOption.SortOrder.ASCEND)
            .build();

    private static final long RECONNECT_NANOS = Duration.ofMillis(500).toNanos();

    private final EtcdTransport transport;
    private final String root;
    private final EtcdConfig config;
    private final ScheduledExecutorService timer;
    private final Set<TopoWatch> watches = ConcurrentHashMap.newKeySet();
    private final HeldLocks locks = new HeldLocks();

    EtcdTopoConnection(EtcdTransport transport, String root, EtcdConfig config, ScheduledExecutorService timer) {
        this.transport = transport;
        this.root = root;
        this.config = config;
        this.timer = timer;
    }

    @Override
    public String root() {
        return root;
    }

    @Override
    public TopoEntry get(String path) {
        String key = key(path);
        GetResponse response = await(kv -> kv.get(EtcdTopo.bytes(key)), key);
        if (response.getKvs().isEmpty()) {
            throw TopoException.of(Kind.NO_NODE, key);
        }
        return entry(response.getKvs().get(0));
    }

    @Override
    public long create(String path, ByteString contents) {
        String key = key(path);
        TxnResponse response = txn(key, CmpTarget.version(0), putOp(key, contents));
        if (!response.isSucceeded()) {
            throw TopoException.of(Kind.NODE_EXISTS, key);
        }
        return response.getHeader().getRevision();
    }

    @Override
    public long put(String path, ByteString contents) {
        String key = key(path);
        return await(kv -> kv.put(EtcdTopo.bytes(key), ByteSequence.from(contents)), key)
                .getHeader()
                .getRevision();
    }

    @Override
    public long update(String path, ByteString contents, long version) {
        String key = key(path);
        TxnResponse response = txn(key, CmpTarget.modRevision(version), putOp(key, contents));
        if (version <= 0 || !response.isSucceeded()) {
            throw TopoException.of(Kind.BAD_VERSION, key);
        }
        return response.getHeader().getRevision();
    }

    @Override
    public void delete(String path) {
        String key = key(path);
        if (await(kv -> kv.delete(EtcdTopo.bytes(key)), key).getDeleted() != 1) {
            throw TopoException.of(Kind.NO_NODE, key);
        }
    }

    @Override
    public void delete(String path, long version) {
        String key = key(path);
        Op delete = Op.delete(EtcdTopo.bytes(key), DeleteOption.DEFAULT);
        TxnResponse response = txn(key, CmpTarget.modRevision(version), delete);
        if (response.isSucceeded()) {
            return;
        }
        boolean gone = response.getGetResponses().get(0).getKvs().isEmpty();
        throw TopoException.of(gone ? Kind.NO_NODE : Kind.BAD_VERSION, key);
    }

    @Override
    public List<TopoEntry> list(String prefix) {
        String key = key(prefix);
        List<TopoEntry> entries = await(kv -> kv.get(EtcdTopo.bytes(key), BELOW), key).getKvs().stream()
                .map(this::entry)
                .toList();
        if (entries.isEmpty()) {
            throw TopoException.of(Kind.NO_NODE, key);
        }
        return entries;
    }

    @Override
    public List<TopoDirEntry> listDir(String path) {
        String prefix = TopoPaths.directoryPrefix(root, path);
        GetOption option = GetOption.builder().isPrefix(true).withKeysOnly(true).build();
        TopoPaths.Names names = new TopoPaths.Names(prefix);
        await(kv -> kv.get(EtcdTopo.bytes(prefix), option), prefix)
                .getKvs()
                .forEach(pair -> names.add(text(pair.getKey()), pair.getLease() != 0));
        return names.list();
    }

    @Override
    public TopoWatch watch(String path, Scope scope, TopoWatch.Listener listener) {
        boolean file = scope == Scope.FILE;
        String key = file ? key(path) : TopoPaths.directoryPrefix(root, path);
        EtcdTransport.Held held = transport.held();
        Client client = held.client();
        GetResponse response;
        try {
            response = EtcdCalls.await(
                    client.getKVClient().get(EtcdTopo.bytes(key), file ? GetOption.DEFAULT : BELOW),
                    held.givenUp(),
                    config.watchTimeout(),
                    key);
        } catch (TopoException e) {
            transport.replace(client);
            throw e;
        }
        transport.answered();
        long revision = response.getHeader().getRevision();
        listener.snapshot(response.getKvs().stream().map(this::entry).toList(), revision);
        EtcdWatch watch = new EtcdWatch(transport, client, key, this::path, listener, watches::remove);
        watches.add(watch);
        boolean started = false;
        try {
            watch.start(revision + 1, !file);
            started = true;
        } finally {
            if (!started) {
                watch.close();
            }
        }
        return watch;
    }

    @Override
    public TopoLock lock(String path, String text, Duration timeout) {
        listDir(path);
        return acquire(path, text, config.leaseTtl(), timeout);
    }

    @Override
    public TopoLock tryLock(String path, String text) {
        boolean held = listDir(path).stream().anyMatch(entry -> entry.name().equals("locks") && entry.ephemeral());
        if (held) {
            throw TopoException.of(Kind.NODE_EXISTS, "lock already exists at path " + path);
        }
        return lock(path, text, config.operationTimeout());
    }

    @Override
    public TopoLock lockName(String path, String text, Duration timeout) {
        return acquire(path, text, Duration.ofDays(1), timeout);
    }

    @Override
    public TopoLock awaitLeadership(String election, String id, Duration timeout) {
        return acquire(TopoPaths.election(election), id, config.leaseTtl(), timeout);
    }

    private TopoLock acquire(String path, String text, Duration ttl, Duration timeout) {
        return locks.add(
                EtcdLock.acquire(timer, transport.client(), key(path), text, ttl, config.operationTimeout(), timeout));
    }

    @Override
    public @Nullable String leader(String election) {
        String prefix = key(TopoPaths.election(election)) + EtcdLock.DIRECTORY;
        List<KeyValue> first = await(kv -> kv.get(EtcdTopo.bytes(prefix), EtcdLock.OLDEST), prefix)
                .getKvs();
        return first.isEmpty() ? null : text(first.get(0).getValue());
    }

    @Override
    public void close() {
        watches.forEach(TopoWatch::close);
        locks.close();
    }

    private TxnResponse txn(String key, CmpTarget<?> condition, Op then) {
        Op look = Op.get(
                EtcdTopo.bytes(key), GetOption.builder().withKeysOnly(true).build());
        return await(
                kv -> kv.txn()
                        .If(new Cmp(EtcdTopo.bytes(key), Cmp.Op.EQUAL, condition))
                        .Then(then)
                        .Else(look)
                        .commit(),
                key);
    }

    /**
     * Asks again while there is no connection, until the operation timeout is over. A call that may have reached the server is not repeated:
     * its caller has to look what became of it.
     */
    private <T> T await(Function<KV, CompletableFuture<T>> call, String key) {
        long deadline = System.nanoTime() + config.operationTimeout().toNanos();
        while (true) {
            EtcdTransport.Held held = transport.held();
            Client client = held.client();
            try {
                Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
                T answer = EtcdCalls.await(call.apply(client.getKVClient()), held.givenUp(), left, key);
                transport.answered();
                return answer;
            } catch (TopoException e) {
                if (!EtcdCalls.wasNeverSent(e) || deadline - System.nanoTime() < RECONNECT_NANOS) {
                    throw e;
                }
                LockSupport.parkNanos(RECONNECT_NANOS);
                transport.replace(client);
            }
        }
    }

    private TopoEntry entry(KeyValue pair) {
        return new TopoEntry(
                path(text(pair.getKey())), ByteString.copyFrom(pair.getValue().getBytes()), pair.getModRevision());
    }

    private String path(String key) {
        return key.substring(TopoPaths.rootLength(root));
    }

    private String key(String path) {
        return TopoPaths.join(root, path);
    }

    private static Op putOp(String key, ByteString contents) {
        return Op.put(EtcdTopo.bytes(key), ByteSequence.from(contents), PutOption.DEFAULT);
    }

    static String text(ByteSequence bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
