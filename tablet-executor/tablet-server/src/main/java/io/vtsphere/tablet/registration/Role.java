package io.vtsphere.tablet.registration;

import io.vitess.proto.Topodata;
import io.vitess.proto.Vttime;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a tablet is for its shard.
 *
 * @param termStart since when it is primary; null for another type
 */
record Role(TabletType type, @Nullable Instant termStart) {
    /**
     * What a running tablet has to be by the records. The greatest term decides who the primary is; who was it before and is not named any
     * more becomes a replica. Source: Vitess' {@code go/vt/vttablet/tabletmanager/shard_sync.go}.
     *
     * @param now the type that it has
     * @param nowTermSeconds its term in Unix seconds, 0 when it is not primary
     */
    static Role following(
            TabletAlias alias, Topodata.Tablet own, Topodata.Shard shard, TabletType now, long nowTermSeconds) {
        Instant shardTerm = instant(shard.getPrimaryTermStartTime());
        if (isPrimary(alias, shard)) {
            return new Role(TabletType.PRIMARY, shardTerm);
        }
        TabletType recorded = TabletType.of(own.getType());
        Instant ownTerm = instant(own.getPrimaryTermStartTime());
        if (recorded == TabletType.PRIMARY && ownTerm.isAfter(shardTerm)) {
            return new Role(TabletType.PRIMARY, ownTerm);
        }
        boolean nobody = shard.getPrimaryAlias().getCell().isEmpty();
        if (nobody && now == TabletType.PRIMARY) {
            return new Role(TabletType.PRIMARY, Instant.ofEpochSecond(nowTermSeconds));
        }
        return new Role(recorded == TabletType.PRIMARY ? TabletType.REPLICA : recorded, null);
    }

    /** Whether the shard's record names the tablet. */
    static boolean isPrimary(TabletAlias alias, Topodata.Shard shard) {
        return shard.getPrimaryAlias().equals(alias.proto());
    }

    long termSeconds() {
        return termStart == null ? 0 : termStart.getEpochSecond();
    }

    boolean differsFrom(Topodata.Tablet record) {
        return !applyTo(record).equals(record);
    }

    Topodata.Tablet applyTo(Topodata.Tablet record) {
        Topodata.Tablet.Builder builder = record.toBuilder().setType(type.proto());
        Instant term = termStart;
        return (term == null ? builder.clearPrimaryTermStartTime() : builder.setPrimaryTermStartTime(proto(term)))
                .build();
    }

    static Instant instant(Vttime.Time time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanoseconds());
    }

    static Vttime.Time proto(Instant time) {
        return Vttime.Time.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanoseconds(time.getNano())
                .build();
    }
}
