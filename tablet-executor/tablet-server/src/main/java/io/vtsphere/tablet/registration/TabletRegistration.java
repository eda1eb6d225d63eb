package io.vtsphere.tablet.registration;

import io.vitess.proto.Topodata;
import io.vtsphere.tablet.TabletConfig;
import io.vtsphere.tablet.TabletServer;
import io.vtsphere.tablet.health.ServingStatus;
import io.vtsphere.tablet.query.DeniedTables;
import io.vtsphere.topo.KeyRanges;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.connection.TopoException;
import io.vtsphere.topo.connection.TopoException.Kind;
import io.vtsphere.topo.server.TopoServer;
import io.vtsphere.vindex.KeyRange;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Enters a tablet in the topology, on a thread of its own that tries until it has succeeded; queries are served meanwhile. From then on the
 * tablet follows the topology.
 *
 * <p>The topology knows best what the tablet is: its answer changes the tablet's type where the flag says otherwise, and so does every later
 * change of the records ({@link Role}). Thread-safe.
 */
public final class TabletRegistration implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TabletRegistration.class);
    private static final long FIRST_PAUSE_MILLIS = 250;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    /** A reparent takes longer: whoever was away for less is still what it was. */
    private static final Duration LONGEST_TRUSTED_PAUSE = Duration.ofSeconds(3);
    /** utf8mb4_0900_ai_ci, what MySQL 8.0 gives a connection. */
    private static final int COLLATION = 255;

    private final TabletServer server;
    private final TopoServer topo;
    private final Clock clock;
    private final Instant startTime;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private final RoleWatch watch;
    /** Whether the record was written by this process; its shutdown time is to be set then. */
    private volatile boolean registered;

    private TabletRegistration(TabletServer server, TopoServer topo, Clock clock) {
        this.server = server;
        this.topo = topo;
        this.clock = clock;
        this.startTime = clock.instant();
        TabletConfig config = server.config();
        this.watch = new RoleWatch(topo, config.keyspace(), config.shard(), config.alias());
        server.distrustPauses(LONGEST_TRUSTED_PAUSE, watch::wake);
        this.thread = new Thread(this::run, "topo-registration");
        this.thread.setDaemon(true);
    }

    public static TabletRegistration start(TabletServer server, TopoServer topo, Clock clock) {
        TabletRegistration registration = new TabletRegistration(server, topo, clock);
        registration.thread.start();
        return registration;
    }

    /** Whether the topology has this tablet's record. */
    public boolean registered() {
        return registered;
    }

    private void run() {
        try {
            if (untilDone("is not in the topology yet", this::attempt)) {
                registered = true;
                follow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error(
                    "tablet {} does not follow the topology any more",
                    server.config().alias(),
                    e);
        } finally {
            watch.close();
        }
    }

    private void follow() throws InterruptedException {
        while (untilDone("does not see the topology", this::awaitChange)) {
            if (!untilDone("cannot follow the topology", this::reconcile)) {
                return;
            }
        }
    }

    private void awaitChange() {
        try {
            watch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tries until it succeeds; false when the tablet stops first. */
    private boolean untilDone(String complaint, Runnable step) throws InterruptedException {
        long pause = FIRST_PAUSE_MILLIS;
        while (stopping.getCount() > 0) {
            try {
                step.run();
                return stopping.getCount() > 0;
            } catch (TopoException e) {
                LOG.warn(
                        "tablet {} {}, next try in {} ms: {}",
                        server.config().alias(),
                        complaint,
                        pause,
                        e.getMessage());
            }
            if (stopping.await(pause, TimeUnit.MILLISECONDS)) {
                return false;
            }
            pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
        }
        return false;
    }

    /** Becomes what the records say now; writes the tablet's own record where the shard's one overrules it. */
    private void reconcile() {
        TabletConfig config = server.config();
        long pauses = server.pauses();
        Topodata.Tablet own = topo.tablets().find(config.alias());
        Topodata.Shard shard = findShard(config);
        if (own == null || shard == null) {
            // Whoever removed them wants the tablet out of the topology; it serves on for those who hold a transaction.
            return;
        }
        ServingStatus status = server.status();
        Role role = Role.following(config.alias(), own, shard, status.type(), status.primaryTermStart());
        Instant term = role.termStart();
        if (term != null && !Role.isPrimary(config.alias(), shard)) {
            topo.shards().setPrimary(config.keyspace(), config.shard(), config.alias(), term);
        }
        if (role.differsFrom(own)) {
            topo.tablets().update(config.alias(), role::applyTo);
        }
        boolean changed = role.type() != status.type() || role.termSeconds() != status.primaryTermStart();
        become(role, shard, changed);
        if (changed) {
            LOG.info(
                    "tablet {} follows the topology as {}",
                    config.alias(),
                    role.type().lower());
        }
        server.trustAgain(pauses);
    }

    /** Obeys the controls for a type together with the change to it: it must not serve in between. */
    private void become(Role role, Topodata.@Nullable Shard shard, boolean changed) {
        Controls controls = shard == null ? new Controls(null, DeniedTables.NONE) : controls(role, shard);
        if (controls.disabled() != null) {
            server.disable(controls.disabled());
        }
        server.deny(controls.denied());
        if (changed) {
            server.changeType(role.type(), role.termSeconds());
        }
        if (controls.disabled() == null) {
            server.disable(null);
        }
    }

    private Controls controls(Role role, Topodata.Shard shard) {
        TabletConfig config = server.config();
        String cell = config.alias().cell();
        try {
            return Controls.of(
                    cell,
                    config.shard(),
                    role.type(),
                    shard,
                    topo.servingGraph().find(cell, config.keyspace()));
        } catch (IllegalArgumentException e) {
            // as Vitess: what cannot be understood is said and not obeyed
            LOG.error("tablet controls of {}/{} are not obeyed: {}", config.keyspace(), config.shard(), e.getMessage());
            return new Controls(null, DeniedTables.NONE);
        }
    }

    private void attempt() {
        TabletConfig config = server.config();
        Topodata.Tablet before = topo.tablets().find(config.alias());
        Topodata.Shard shard = findShard(config);
        Role role = role(config, before, shard);
        topo.tablets().register(record(config, role));
        if (role.termStart() != null) {
            makePrimary(config, role.termStart());
        }
        become(role, shard, true);
        LOG.info(
                "tablet {} is in the topology as {}",
                config.alias(),
                role.type().lower());
    }

    private Role role(TabletConfig config, Topodata.@Nullable Tablet before, Topodata.@Nullable Shard shard) {
        TabletType wanted = before == null ? config.type() : TabletType.of(before.getType());
        if (shard != null
                && shard.hasPrimaryAlias()
                && !shard.getPrimaryAlias().getCell().isEmpty()) {
            TabletAlias primary = TabletAlias.of(shard.getPrimaryAlias());
            if (primary.equals(config.alias())) {
                return new Role(TabletType.PRIMARY, Role.instant(shard.getPrimaryTermStartTime()));
            }
            if (wanted == TabletType.PRIMARY) {
                LOG.warn(
                        "tablet {} starts as replica: the primary of {}/{} is {}",
                        config.alias(),
                        config.keyspace(),
                        config.shard(),
                        primary);
                return new Role(TabletType.REPLICA, null);
            }
        }
        if (wanted != TabletType.PRIMARY) {
            return new Role(wanted, null);
        }
        boolean known = before != null && before.hasPrimaryTermStartTime();
        return new Role(
                wanted, known && before != null ? Role.instant(before.getPrimaryTermStartTime()) : clock.instant());
    }

    private Topodata.@Nullable Shard findShard(TabletConfig config) {
        try {
            return topo.shards().get(config.keyspace(), config.shard());
        } catch (TopoException e) {
            if (e.kind() == Kind.NO_NODE) {
                return null;
            }
            throw e;
        }
    }

    private void makePrimary(TabletConfig config, Instant termStart) {
        try {
            topo.shards().setPrimary(config.keyspace(), config.shard(), config.alias(), termStart);
        } catch (TopoException e) {
            if (e.kind() != Kind.NO_UPDATE_NEEDED) {
                throw e;
            }
            // Another tablet was faster: the next attempt reads its name and starts as replica.
            throw TopoException.of(Kind.TIMEOUT, "the shard has got another primary meanwhile", e);
        }
    }

    private Topodata.Tablet record(TabletConfig config, Role role) {
        Topodata.Tablet.Builder record = Topodata.Tablet.newBuilder()
                .setAlias(config.alias().proto())
                .setHostname(config.hostname())
                .putPortMap("grpc", server.grpcPort())
                .setKeyspace(config.keyspace())
                .setShard(config.shard())
                .setType(role.type().proto())
                .setDbNameOverride(config.mysql().database())
                .setMysqlHostname(config.mysql().host())
                .setMysqlPort(config.mysql().port())
                .setDefaultConnCollation(COLLATION)
                .setTabletStartTime(Role.proto(startTime));
        if (config.httpPort() != 0) {
            record.putPortMap("vt", config.httpPort());
        }
        if (config.shard().contains("-")) {
            record.setKeyRange(KeyRanges.proto(KeyRange.parse(config.shard())));
        }
        if (role.termStart() != null) {
            record.setPrimaryTermStartTime(Role.proto(role.termStart()));
        }
        return record.build();
    }

    /** Stops trying; a record that was written gets the time of the shutdown. */
    @Override
    public void close() {
        stopping.countDown();
        watch.wake();
        if (!registered) {
            return;
        }
        try {
            topo.tablets().update(server.config().alias(), record -> record.toBuilder()
                    .setTabletShutdownTime(Role.proto(clock.instant()))
                    .build());
        } catch (TopoException e) {
            LOG.warn(
                    "the record of tablet {} does not show its shutdown: {}",
                    server.config().alias(),
                    e.getMessage());
        }
    }
}
