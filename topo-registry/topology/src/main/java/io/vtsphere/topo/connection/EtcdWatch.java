package io.vtsphere.topo.connection;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.google.protobuf.ByteString;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.common.exception.CompactedException;
import io.etcd.jetcd.options.WatchOption;
import io.etcd.jetcd.watch.WatchEvent;
import io.etcd.jetcd.watch.WatchResponse;
import io.vtsphere.topo.connection.TopoException.Kind;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One watch on etcd, from a revision on, with require-leader and progress notifications.
 *
 * <p>The client below would resume a broken stream by itself, but at the revision of the stream's creation, which may leave out changes, and
 * it says nothing when a stream ends without an error. So the first sign of trouble ends this watch for good, and the owner reads again.
 */
final class EtcdWatch implements TopoWatch, Watch.Listener {
    private final EtcdTransport transport;
    private final Client client;
    private final String key;
    private final UnaryOperator<String> path;
    private final Listener listener;
    private final Consumer<TopoWatch> onEnd;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private Watch.@Nullable Watcher watcher;

    @GuardedBy("lock")
    private boolean ended;

    EtcdWatch(
            EtcdTransport transport,
            Client client,
            String key,
            UnaryOperator<String> path,
            Listener listener,
            Consumer<TopoWatch> onEnd) {
        this.transport = transport;
        this.client = client;
        this.key = key;
        this.path = path;
        this.listener = listener;
        this.onEnd = onEnd;
    }

    void start(long revision, boolean prefix) {
        WatchOption option = WatchOption.builder()
                .withRevision(revision)
                .isPrefix(prefix)
                .withProgressNotify(true)
                .withCreateNotify(true)
                .withRequireLeader(true)
                .build();
        Watch.Watcher started = client.getWatchClient().watch(EtcdTopo.bytes(key), option, this);
        boolean late;
        synchronized (lock) {
            watcher = started;
            late = ended;
        }
        if (late) {
            started.close();
        }
    }

    @Override
    public void probe() {
        Watch.Watcher current;
        synchronized (lock) {
            current = ended ? null : watcher;
        }
        if (current != null) {
            current.requestProgress();
        }
    }

    @Override
    public void abandon() {
        close();
        transport.replace(client);
    }

    @Override
    public void onNext(WatchResponse response) {
        transport.answered();
        synchronized (lock) {
            if (ended) {
                return;
            }
        }
        for (WatchEvent event : response.getEvents()) {
            KeyValue pair = event.getKeyValue();
            String changed = path.apply(EtcdTopoConnection.text(pair.getKey()));
            if (event.getEventType() == WatchEvent.EventType.PUT) {
                ByteString contents = ByteString.copyFrom(pair.getValue().getBytes());
                listener.changed(new TopoEntry(changed, contents, pair.getModRevision()));
            } else {
                listener.deleted(changed, pair.getModRevision());
            }
        }
        listener.alive();
    }

    @Override
    public void onError(Throwable failure) {
        lose(
                failure instanceof CompactedException compacted
                        ? TopoException.of(
                                Kind.OTHER,
                                key + ": etcd has forgotten the changes before revision "
                                        + compacted.getCompactedRevision(),
                                failure)
                        : EtcdCalls.convert(failure, key));
    }

    @Override
    public void onCompleted() {
        lose(TopoException.of(Kind.OTHER, key + ": etcd ended the watch"));
    }

    private void lose(TopoException reason) {
        if (end()) {
            listener.lost(reason);
        }
    }

    @Override
    public void close() {
        end();
    }

    /** Whether this call ended it. */
    private boolean end() {
        Watch.Watcher ending;
        synchronized (lock) {
            if (ended) {
                return false;
            }
            ended = true;
            ending = watcher;
        }
        if (ending != null) {
            ending.close();
        }
        onEnd.accept(this);
        return true;
    }
}
