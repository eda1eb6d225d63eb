package io.vtsphere.topo;

import io.vitess.proto.Topodata;
import io.vitess.proto.Vttime;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One tablet as its topology record describes it. The type that counts for routing is the one in its health stream; {@code type} here is
 * only what to expect at first.
 *
 * <p>Immutable and thread-safe. Source: {@code topodata.Tablet}.
 *
 * @param ports port numbers by name: {@code grpc}, {@code vt} (HTTP)
 * @param primaryTermStartTime when the tablet last became primary; null if never
 * @param startTime when the process started; null when unknown (before Vitess v21)
 * @param shutdownTime when it was stopped in good order; null while it runs or after a crash
 */
public record Tablet(
        TabletAlias alias,
        String hostname,
        Map<String, Integer> ports,
        String keyspace,
        String shard,
        TabletType type,
        String dbNameOverride,
        Map<String, String> tags,
        String mysqlHostname,
        int mysqlPort,
        @Nullable Instant primaryTermStartTime,
        @Nullable Instant startTime,
        @Nullable Instant shutdownTime) {
    public Tablet {
        ports = Map.copyOf(ports);
        tags = Map.copyOf(tags);
    }

    public static Tablet of(Topodata.Tablet tablet) {
        return new Tablet(
                TabletAlias.of(tablet.getAlias()),
                tablet.getHostname(),
                tablet.getPortMapMap(),
                tablet.getKeyspace(),
                tablet.getShard(),
                TabletType.of(tablet.getType()),
                tablet.getDbNameOverride(),
                tablet.getTagsMap(),
                tablet.getMysqlHostname(),
                tablet.getMysqlPort(),
                tablet.hasPrimaryTermStartTime() ? instant(tablet.getPrimaryTermStartTime()) : null,
                tablet.hasTabletStartTime() ? instant(tablet.getTabletStartTime()) : null,
                tablet.hasTabletShutdownTime() ? instant(tablet.getTabletShutdownTime()) : null);
    }

    /** The port of the query service; 0 when the record has none, and then the tablet cannot be called. */
    public int grpcPort() {
        return ports.getOrDefault("grpc", 0);
    }

    /** What the record says about the target; the health stream decides. */
    public Target target() {
        return new Target(keyspace, shard, type);
    }

    /** Whether a connection to the other record would reach the same process: same host and same ports. */
    public boolean sameAddress(Tablet other) {
        return hostname.equals(other.hostname) && ports.equals(other.ports);
    }

    static Instant instant(Vttime.Time time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanoseconds());
    }
}
