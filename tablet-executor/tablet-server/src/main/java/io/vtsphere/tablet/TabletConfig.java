package io.vtsphere.tablet;

import io.vtsphere.tablet.health.HealthConfig;
import io.vtsphere.tablet.mysql.MysqlAddress;
import io.vtsphere.tablet.query.QueryLimits;
import io.vtsphere.tablet.transaction.TransactionConfig;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import java.time.Duration;

/**
 * Everything that a tablet server needs to know.
 *
 * @param hostname that others reach this tablet by
 * @param grpcPort 0 takes a free one
 * @param httpPort of the metrics, for the tablet's record; 0 when there is none
 * @param type to start as; a record in the topology overrules it
 * @param eventLoops threads that do all the work
 * @param maxMessageBytes of one gRPC message, both ways
 * @param shutdownGrace for which open transactions may finish when the tablet is stopped
 */
public record TabletConfig(
        TabletAlias alias,
        String keyspace,
        String shard,
        TabletType type,
        String hostname,
        String bindAddress,
        int grpcPort,
        int httpPort,
        MysqlAddress mysql,
        HealthConfig health,
        QueryLimits limits,
        TransactionConfig transactions,
        PoolSizes pools,
        int eventLoops,
        int maxMessageBytes,
        Duration shutdownGrace) {
    /**
     * @param reads {@code --queryserver-config-pool-size}
     * @param streams {@code --queryserver-config-stream-pool-size}
     * @param transactions {@code --queryserver-config-transaction-cap}; the pool that counts found rows has as many again
     * @param queryWait longest wait for a reading connection; zero: as long as the query may take
     * @param transactionWait longest wait for a transaction's connection
     */
    public record PoolSizes(
            int reads,
            int streams,
            int transactions,
            Duration queryWait,
            Duration streamWait,
            Duration transactionWait,
            Duration idleTimeout,
            Duration maxLifetime) {}
}
