package io.vtsphere.distribution.quickstart;

import java.util.Locale;

/**
 * One tablet of the quickstart and the MySQL below it.
 *
 * @param uid of the tablet alias in cell {@code zone1}; also MySQL's server id
 * @param primary whether it is made the shard's primary when the cluster is new
 */
record TabletSpec(String keyspace, String shard, int uid, boolean primary, int mysqlPort, int grpcPort, int httpPort) {
    static final String CELL = "zone1";

    /** As Vitess names it: {@code zone1-0000000100}. */
    String alias() {
        return String.format(Locale.ROOT, "%s-%010d", CELL, uid);
    }

    /** MySQL's database of the keyspace. */
    String database() {
        return "vt_" + keyspace;
    }

    /** The directory of this tablet below the data directory. */
    String directory() {
        return String.format(Locale.ROOT, "vt_%010d", uid);
    }

    String shardName() {
        return keyspace + "/" + shard;
    }

    @Override
    public String toString() {
        return alias() + " " + shardName() + (primary ? " primary" : " replica");
    }
}
