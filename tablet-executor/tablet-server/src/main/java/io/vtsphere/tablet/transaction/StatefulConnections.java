package io.vtsphere.tablet.transaction;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vtsphere.tablet.mysql.ConnectionPool;
import io.vtsphere.tablet.mysql.MysqlConnection;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.time.Clock;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The connections that are tied to an id, and why recent ids have ended.
 *
 * <p>Ids begin at the clock's nanoseconds, so that they are unique across restarts, and count transactions and reserved connections alike.
 * Thread-safe. Source of the texts: Vitess' {@code go/pools/numbered.go} and {@code tx_pool.go}.
 */
public final class StatefulConnections {
    private static final int REMEMBERED = 1_000;
    private static final DateTimeFormatter ENDED_AT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS zzz");

    private final Clock clock;
    private final AtomicLong lastId;
    private final Map<Long, StatefulConnection> open = new ConcurrentHashMap<>();
    private final Cache<Long, String> ended =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    public StatefulConnections(Clock clock) {
        this.clock = clock;
        this.lastId = new AtomicLong(clock.instant().getEpochSecond() * 1_000_000_000L
                + clock.instant().getNano());
    }

    public int size() {
        return open.size();
    }

    public long transactions() {
        return open.values().stream().filter(StatefulConnection::inTransaction).count();
    }

    Collection<StatefulConnection> all() {
        return open.values();
    }

    /** Gives the connection an id; it is owned by the caller. It leaves by itself when the connection dies while nobody owns it. */
    StatefulConnection register(MysqlConnection connection, ConnectionPool pool, String purpose) {
        StatefulConnection stateful = new StatefulConnection(lastId.incrementAndGet(), connection, pool);
        stateful.take(purpose);
        open.put(stateful.id(), stateful);
        connection.onClose(() -> {
            if (open.get(stateful.id()) == stateful && stateful.take("to close") == null) {
                end(stateful, "closed");
            }
        });
        return stateful;
    }

    /**
     * The connection with that id, now owned by the caller until {@link #checkIn} or {@link #end}.
     *
     * @throws VtException ABORTED when there is none, with why it ended, or when another call uses it
     */
    public StatefulConnection checkOut(long id, String purpose) {
        StatefulConnection stateful = open.get(id);
        if (stateful == null) {
            throw ended(id);
        }
        String other = stateful.take(purpose);
        if (other != null) {
            throw VtException.of(Code.ABORTED, "transaction " + id + ": in use: " + other);
        }
        if (open.get(id) != stateful) {
            stateful.give();
            throw ended(id);
        }
        return stateful;
    }

    /** Why there is no connection with that id. */
    VtException ended(long id) {
        String why = ended.getIfPresent(id);
        return VtException.of(
                Code.ABORTED,
                "transaction " + id + ": " + (why == null ? "not found (potential transaction timeout)" : why));
    }

    /** Gives the ownership back; a connection that has died ends here. */
    public void checkIn(StatefulConnection stateful) {
        if (!stateful.connection().isOpen()) {
            end(stateful, "unlocked closed connection");
        } else {
            stateful.give();
            // It may have died between the look and the give; its listener then saw an owner and left it to us.
            if (!stateful.connection().isOpen() && stateful.take("to close") == null) {
                end(stateful, "unlocked closed connection");
            }
        }
    }

    /** Says early why the id is about to end, while the owner still rolls back. */
    void announceEnd(StatefulConnection stateful, String reason) {
        remember(stateful.id(), reason);
    }

    /** The owner's last act: the id is gone, the connection goes back to its pool. */
    void end(StatefulConnection stateful, String reason) {
        remember(stateful.id(), reason);
        if (open.remove(stateful.id(), stateful)) {
            stateful.pool().release(stateful.connection());
        }
    }

    /** Gives the owner's reserved connection a new id. */
    void renew(StatefulConnection stateful) {
        long old = stateful.id();
        long fresh = lastId.incrementAndGet();
        stateful.id(fresh);
        open.put(fresh, stateful);
        remember(old, "renew existing connection");
        open.remove(old, stateful);
    }

    private void remember(long id, String reason) {
        String when = ENDED_AT.format(clock.instant().atZone(ZoneId.of("UTC")));
        ended.put(id, "ended at " + when + " (" + reason + ")");
    }
}
