package io.vtsphere.tablet;

import io.vtsphere.tablet.TabletConfig.PoolSizes;
import io.vtsphere.tablet.health.HealthConfig;
import io.vtsphere.tablet.mysql.MysqlAddress;
import io.vtsphere.tablet.query.QueryLimits;
import io.vtsphere.tablet.transaction.TransactionConfig;
import io.vtsphere.text.GoDurations;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import java.time.Duration;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * The command line of a tablet server: vttablet's flag names and defaults, with dashes or underscores.
 *
 * <p>Durations are written as in Go: {@code 200ms}, {@code 20s}, {@code 1h30m}. Filled in by picocli, read-only afterwards.
 */
@Command(
        name = "vtsphere tablet",
        description = "Serves one MySQL as a Vitess tablet.",
        sortOptions = false,
        mixinStandardHelpOptions = false)
public final class TabletFlags {
    @Option(names = "--tablet-path", required = true, description = "alias: cell and number, zone1-100")
    TabletAlias tabletPath = new TabletAlias("", 0);

    @Option(names = "--init-keyspace", required = true, description = "keyspace of this tablet")
    String keyspace = "";

    @Option(names = "--init-shard", required = true, description = "shard of this tablet: -80, 80-, 0")
    String shard = "";

    @Option(
            names = "--init-tablet-type",
            defaultValue = "replica",
            description = "type at the first start: primary, replica, rdonly; later the topology decides")
    TabletType type = TabletType.REPLICA;

    @Option(names = "--tablet-hostname", defaultValue = "127.0.0.1", description = "name that others reach it by")
    String hostname = "";

    @Option(names = "--bind-address", defaultValue = "0.0.0.0", description = "address that both ports listen on")
    String bindAddress = "";

    @Option(names = "--grpc-port", defaultValue = "0", description = "port of the query service; 0: a free one")
    int grpcPort;

    @Option(names = "--port", defaultValue = "0", description = "port of /metrics, /healthz and /readyz; 0: a free one")
    int httpPort;

    @Option(names = "--db-host", defaultValue = "127.0.0.1", description = "MySQL's host")
    String dbHost = "";

    @Option(names = "--db-port", defaultValue = "3306", description = "MySQL's port")
    int dbPort;

    @Option(names = "--db-user", defaultValue = "root", description = "MySQL's user")
    String dbUser = "";

    @Option(names = "--db-password", defaultValue = "", description = "that user's password")
    String dbPassword = "";

    @Option(
            names = {"--db-name", "--init-db-name-override"},
            defaultValue = "",
            description = "database; default vt_<keyspace>")
    String dbName = "";

    @Option(names = "--health-check-interval", defaultValue = "20s", description = "between two health messages")
    Duration healthCheckInterval = Duration.ZERO;

    @Option(
            names = "--unhealthy-threshold",
            defaultValue = "2h",
            description = "lag above which a replica stops serving")
    Duration unhealthyThreshold = Duration.ZERO;

    @Option(
            names = "--use-super-read-only",
            defaultValue = "true",
            arity = "0..1",
            fallbackValue = "true",
            description = "whether MySQL's read_only follows the tablet's type")
    boolean useSuperReadOnly;

    @Option(names = "--topo-implementation", defaultValue = "etcd2", description = "etcd2")
    String topoImplementation = "";

    @Option(names = "--topo-global-server-address", defaultValue = "", description = "host:port, more with commas")
    String topoAddress = "";

    @Option(names = "--topo-global-root", defaultValue = "/vitess/global", description = "root of the global topology")
    String topoRoot = "";

    @Option(names = "--queryserver-config-pool-size", defaultValue = "16", description = "connections for reads")
    int poolSize;

    @Option(names = "--queryserver-config-stream-pool-size", defaultValue = "200", description = "for streams")
    int streamPoolSize;

    @Option(
            names = "--queryserver-config-transaction-cap",
            defaultValue = "20",
            description = "for transactions and writes")
    int transactionCap;

    @Option(names = "--queryserver-config-query-timeout", defaultValue = "30s", description = "of a query; 0s: none")
    Duration queryTimeout = Duration.ZERO;

    @Option(names = "--queryserver-config-transaction-timeout", defaultValue = "30s", description = "of a transaction")
    Duration transactionTimeout = Duration.ZERO;

    @Option(names = "--queryserver-config-olap-transaction-timeout", defaultValue = "30s", description = "with OLAP")
    Duration olapTransactionTimeout = Duration.ZERO;

    @Option(names = "--queryserver-config-query-pool-timeout", defaultValue = "0s", description = "wait for reads")
    Duration queryPoolTimeout = Duration.ZERO;

    @Option(names = "--queryserver-config-stream-pool-timeout", defaultValue = "0s", description = "wait for streams")
    Duration streamPoolTimeout = Duration.ZERO;

    @Option(names = "--queryserver-config-txpool-timeout", defaultValue = "1s", description = "wait for transactions")
    Duration txPoolTimeout = Duration.ZERO;

    @Option(names = "--queryserver-config-idle-timeout", defaultValue = "30m", description = "of unused connections")
    Duration idleTimeout = Duration.ZERO;

    @Option(names = "--queryserver-config-pool-conn-max-lifetime", defaultValue = "0s", description = "of connections")
    Duration maxLifetime = Duration.ZERO;

    @Option(names = "--queryserver-config-max-result-size", defaultValue = "10000", description = "rows of a result")
    int maxResultSize;

    @Option(names = "--queryserver-config-stream-buffer-size", defaultValue = "32768", description = "bytes a message")
    int streamBufferSize;

    @Option(names = "--query-plan-cache-entries", defaultValue = "5000", description = "statements whose plan is kept")
    int planCacheEntries;

    @Option(names = "--grpc-max-message-size", defaultValue = "16777216", description = "bytes of one gRPC message")
    int maxMessageSize;

    @Option(names = "--shutdown-grace-period", defaultValue = "3s", description = "for open transactions")
    Duration shutdownGrace = Duration.ZERO;

    @Option(names = "--event-loops", defaultValue = "0", description = "threads; 0: one per processor")
    int eventLoops;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "this text")
    boolean help;

    /**
     * Reads a command line.
     *
     * @throws ParameterException naming the flag that is unknown, missing or wrong
     */
    public static TabletFlags parse(String... arguments) {
        TabletFlags flags = new TabletFlags();
        CommandLine commandLine = new CommandLine(flags)
                .registerConverter(Duration.class, TabletFlags::duration)
                .registerConverter(TabletAlias.class, TabletAlias::parse)
                .registerConverter(TabletType.class, TabletFlags::tabletType);
        commandLine.setUnmatchedArgumentsAllowed(false);
        commandLine.parseArgs(
                Arrays.stream(arguments).map(TabletFlags::withDashes).toArray(String[]::new));
        flags.check(commandLine);
        return flags;
    }

    /** The names and meanings of all flags. */
    public static String usage() {
        return new CommandLine(new TabletFlags()).getUsageMessage();
    }

    private void check(CommandLine commandLine) {
        if (help) {
            return;
        }
        if (!topoImplementation.equals("etcd2")) {
            throw new ParameterException(
                    commandLine, "--topo-implementation " + topoImplementation + " is unknown, only etcd2 is there");
        }
        if (topoAddress.isEmpty()) {
            throw new ParameterException(commandLine, "--topo-global-server-address is missing");
        }
        if (poolSize < 1 || streamPoolSize < 1 || transactionCap < 1) {
            throw new ParameterException(commandLine, "the pools need at least one connection each");
        }
    }

    private static Duration duration(String text) {
        try {
            return GoDurations.parse(text);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.TypeConversionException(e.getMessage());
        }
    }

    private static TabletType tabletType(String name) {
        TabletType type = TabletType.parse(name);
        if (type == null || !type.isServing()) {
            throw new CommandLine.TypeConversionException("'" + name + "' is none of primary, replica, rdonly");
        }
        return type;
    }

    /** vttablet takes {@code --db_host} for {@code --db-host}. */
    private static String withDashes(String argument) {
        if (!argument.startsWith("--")) {
            return argument;
        }
        int value = argument.indexOf('=');
        String name = value < 0 ? argument : argument.substring(0, value);
        return name.replace('_', '-') + (value < 0 ? "" : argument.substring(value));
    }

    /** The configuration of the server; {@code boundHttpPort} is the one that is really open. */
    public TabletConfig config(int boundHttpPort) {
        String database = dbName.isEmpty() ? "vt_" + keyspace : dbName;
        Duration checks =
                healthCheckInterval.compareTo(Duration.ofSeconds(1)) < 0 ? healthCheckInterval : Duration.ofSeconds(1);
        return new TabletConfig(
                tabletPath,
                keyspace,
                shard,
                type,
                hostname,
                bindAddress,
                grpcPort,
                boundHttpPort,
                new MysqlAddress(dbHost, dbPort, dbUser, dbPassword, database),
                new HealthConfig(healthCheckInterval, checks, unhealthyThreshold, useSuperReadOnly),
                new QueryLimits(maxResultSize, maxMessageSize, streamBufferSize, queryTimeout, planCacheEntries),
                new TransactionConfig(transactionTimeout, olapTransactionTimeout),
                new PoolSizes(
                        poolSize,
                        streamPoolSize,
                        transactionCap,
                        queryPoolTimeout,
                        streamPoolTimeout,
                        txPoolTimeout,
                        idleTimeout,
                        maxLifetime),
                eventLoops > 0 ? eventLoops : Runtime.getRuntime().availableProcessors(),
                maxMessageSize,
                shutdownGrace);
    }
}
