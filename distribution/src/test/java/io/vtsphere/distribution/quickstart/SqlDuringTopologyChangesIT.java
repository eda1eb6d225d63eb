package io.vtsphere.distribution.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.vitess.proto.Topodata;
import io.vitess.proto.Vschema;
import io.vtsphere.distribution.quickstart.RunningCluster.Cluster;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.VSchemaJson;
import io.vtsphere.topo.server.RecordPaths;
import io.vtsphere.topo.server.RoutingRuleRecords.RuleKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The topology changes at random, and goes away and comes back, while clients work through the gate: none of their statements may fail, and in
 * the end the gate serves what the model says. {@code -Dsoak.seconds} is its length, {@code -Dsoak.seed} repeats a run.
 */
@ExtendWith(RunningCluster.class)
class SqlDuringTopologyChangesIT {
    private static final Duration LENGTH = Duration.ofSeconds(Long.getLong("soak.seconds", 10));
    private static final int CLIENTS = 3;
    /** Between two rounds of a client: there are to be statements at any moment, not as many as possible. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    private static final int KEYSPACES = 4;
    private static final int TABLETS = 8;

    private final long seed = Long.getLong("soak.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong statements = new AtomicLong();
    private final AtomicBoolean stop = new AtomicBoolean();

    /** The model: tables of the keyspaces that the test made, by keyspace; of a faulty one those of the last good version. */
    private final Map<String, Integer> tables = new TreeMap<>();

    private final Map<String, Boolean> faulty = new TreeMap<>();
    private final Map<TabletAlias, String> tablets = new TreeMap<>();
    private final List<String> aliases = new ArrayList<>();
    private int customerTables = 2;
    private boolean customerFaulty;
    private boolean rdonlyDisabled;

    @Test
    void noStatementFails_gateEqualsModelAtTheEnd(Cluster cluster) throws Exception {
        System.out.println("seed " + seed);
        try (ClusterTopology topology = new ClusterTopology(cluster)) {
            Vschema.SrvVSchema vschema = topology.srvVSchema();
            Topodata.SrvKeyspace customer = topology.srvKeyspace("customer");
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                long number = i;
                Thread client = new Thread(() -> work(cluster, number), "client-" + i);
                client.start();
                clients.add(client);
            }
            try {
                int changes = run(cluster, topology, vschema, customer);
                await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertEqualsModel(topology.page()));
                System.out.printf("%d changes, %d statements%n", changes, statements.get());
            } finally {
                stop.set(true);
                for (Thread client : clients) {
                    client.join();
                }
                restore(topology, vschema, customer);
            }
            assertThat(failures).isEmpty();
            assertThat(statements.get()).isGreaterThan(LENGTH.toSeconds() * CLIENTS);
        }
    }

    private int run(
            Cluster cluster, ClusterTopology topology, Vschema.SrvVSchema vschema, Topodata.SrvKeyspace customer)
            throws Exception {
        long end = System.nanoTime() + LENGTH.toNanos();
        long outages = Math.max(1, LENGTH.toSeconds() / 60);
        long nextOutage = System.nanoTime() + LENGTH.toNanos() / (outages + 1);
        int changes = 0;
        Vschema.SrvVSchema current = vschema;
        while (System.nanoTime() < end && failures.isEmpty()) {
            current = change(topology, current, vschema, customer, ++changes);
            if (System.nanoTime() > nextOutage) {
                cluster.processes().etcd().process().kill();
                LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
                cluster.processes().etcd().restart();
                nextOutage += LENGTH.toNanos() / (outages + 1);
            }
            LockSupport.parkNanos(Duration.ofMillis(20 + random.nextInt(60)).toNanos());
        }
        return changes;
    }

    private Vschema.SrvVSchema change(
            ClusterTopology topology,
            Vschema.SrvVSchema current,
            Vschema.SrvVSchema original,
            Topodata.SrvKeyspace customer,
            int number) {
        switch (random.nextInt(6)) {
            case 0 -> {
                return putVSchema(topology, otherKeyspace(current, number));
            }
            case 1 -> {
                return putVSchema(topology, ownKeyspace(current, original, number));
            }
            case 2 -> changeTablet(topology, number);
            case 3 -> {
                rdonlyDisabled = random.nextBoolean();
                topology.put(RecordPaths.srvKeyspace("customer"), withRdonly(customer, rdonlyDisabled));
            }
            case 4 -> changeAlias(topology, number);
            default -> {
                Vschema.RoutingRules rules = Vschema.RoutingRules.newBuilder()
                        .addRules(Vschema.RoutingRule.newBuilder()
                                .setFromTable("routed" + number)
                                .addToTables("customer.corder"))
                        .build();
                return putVSchema(
                        topology, current.toBuilder().setRoutingRules(rules).build());
            }
        }
        return current;
    }

    /** A keyspace that no statement uses comes, changes, breaks or goes. */
    private Vschema.SrvVSchema otherKeyspace(Vschema.SrvVSchema current, int number) {
        String name = "other" + random.nextInt(KEYSPACES);
        int kind = random.nextInt(4);
        if (kind == 0) {
            tables.remove(name);
            faulty.remove(name);
            return current.toBuilder().removeKeyspaces(name).build();
        }
        boolean bad = kind == 1;
        faulty.put(name, bad);
        if (bad) {
            tables.putIfAbsent(name, 0);
            return current.toBuilder()
                    .putKeyspaces(
                            name,
                            VSchemaJson.parse(
                                    "{\"sharded\": true, \"vindexes\": {\"v\": {\"type\": \"none_" + number + "\"}}}"))
                    .build();
        }
        int count = 1 + random.nextInt(5);
        tables.put(name, count);
        Vschema.Keyspace.Builder keyspace = Vschema.Keyspace.newBuilder();
        for (int i = 0; i < count; i++) {
            keyspace.putTables(name + "_" + number + "_" + i, Vschema.Table.getDefaultInstance());
        }
        return current.toBuilder().putKeyspaces(name, keyspace.build()).build();
    }

    /** The keyspace of the clients gets more tables, or a fault. */
    private Vschema.SrvVSchema ownKeyspace(Vschema.SrvVSchema current, Vschema.SrvVSchema original, int number) {
        Vschema.Keyspace.Builder keyspace = original.getKeyspacesOrThrow("customer").toBuilder();
        customerFaulty = random.nextInt(3) == 0;
        if (customerFaulty) {
            keyspace.putVindexes(
                    "hash",
                    Vschema.Vindex.newBuilder().setType("none_" + number).build());
        } else {
            int more = random.nextInt(5);
            customerTables = 2 + more;
            Vschema.Table corder = keyspace.getTablesOrThrow("corder");
            for (int i = 0; i < more; i++) {
                keyspace.putTables("more" + i, corder);
            }
        }
        return current.toBuilder().putKeyspaces("customer", keyspace.build()).build();
    }

    private static Vschema.SrvVSchema putVSchema(ClusterTopology topology, Vschema.SrvVSchema changed) {
        topology.put(RecordPaths.SRV_VSCHEMA, changed);
        return changed;
    }

    /** Tablets that do not answer come and go; the clients' tablets stay. */
    private void changeTablet(ClusterTopology topology, int number) {
        TabletAlias alias = new TabletAlias(TabletSpec.CELL, 900 + random.nextInt(TABLETS));
        if (random.nextBoolean()) {
            String hostname = "127.0.0." + (2 + number % 200);
            tablets.put(alias, hostname);
            topology.put(
                    RecordPaths.tablet(alias),
                    Topodata.Tablet.newBuilder()
                            .setAlias(alias.proto())
                            .setHostname(hostname)
                            .putPortMap("grpc", 1)
                            .setKeyspace("customer")
                            .setShard(random.nextBoolean() ? "-80" : "80-")
                            .setType(random.nextBoolean() ? Topodata.TabletType.PRIMARY : Topodata.TabletType.REPLICA)
                            .build());
        } else if (tablets.remove(alias) != null) {
            topology.cell().delete(RecordPaths.tablet(alias));
        }
    }

    private void changeAlias(ClusterTopology topology, int number) {
        if (aliases.isEmpty()) {
            String alias = "region" + number;
            topology.server().cellsAliases().create(alias, List.of(TabletSpec.CELL));
            aliases.add(alias);
        } else {
            topology.server().cellsAliases().delete(aliases.remove(0));
        }
    }

    private static Topodata.SrvKeyspace withRdonly(Topodata.SrvKeyspace record, boolean disabled) {
        Topodata.SrvKeyspace.Builder changed = record.toBuilder();
        for (Topodata.SrvKeyspace.KeyspacePartition.Builder partition : changed.getPartitionsBuilderList()) {
            if (partition.getServedType() == TabletType.RDONLY.proto()) {
                partition
                        .clearShardTabletControls()
                        .addShardTabletControls(Topodata.ShardTabletControl.newBuilder()
                                .setName("80-")
                                .setQueryServiceDisabled(disabled));
            }
        }
        return changed.build();
    }

    private void assertEqualsModel(JsonObject page) {
        assertThat(page.getAsJsonObject("troubles").keySet()).isEmpty();
        assertThat(page.get("tablets").getAsInt()).isEqualTo(7 + tablets.size());
        JsonObject keyspaces = page.getAsJsonObject("keyspaces");
        List<String> names = new ArrayList<>(List.of("commerce", "customer"));
        names.addAll(tables.keySet());
        assertThat(keyspaces.keySet()).containsExactlyInAnyOrderElementsOf(names);
        tables.forEach((name, count) -> assertKeyspace(keyspaces, name, count, faulty.get(name)));
        assertKeyspace(keyspaces, "customer", customerTables, customerFaulty);
        List<String> disabled = new ArrayList<>();
        for (JsonElement shard : keyspaces
                .getAsJsonObject("customer")
                .getAsJsonObject("shards")
                .getAsJsonObject("rdonly")
                .getAsJsonArray("query_service_disabled")) {
            disabled.add(shard.getAsString());
        }
        assertThat(disabled).isEqualTo(rdonlyDisabled ? List.of("80-") : List.of());
    }

    private static void assertKeyspace(JsonObject keyspaces, String name, int tables, boolean faulty) {
        JsonObject keyspace = keyspaces.getAsJsonObject(name);
        assertThat(keyspace.get("tables").getAsInt()).as(name).isEqualTo(tables);
        assertThat(!keyspace.getAsJsonArray("vschema_faults").isEmpty())
                .as(name)
                .isEqualTo(faulty);
    }

    private void restore(ClusterTopology topology, Vschema.SrvVSchema vschema, Topodata.SrvKeyspace customer) {
        topology.put(RecordPaths.SRV_VSCHEMA, vschema);
        topology.put(RecordPaths.srvKeyspace("customer"), customer);
        tablets.keySet().forEach(alias -> topology.cell().delete(RecordPaths.tablet(alias)));
        aliases.forEach(topology.server().cellsAliases()::delete);
        topology.server().routingRules().save(RuleKind.TABLE, RuleKind.TABLE.none());
        await().untilAsserted(() -> assertThat(
                        topology.page().getAsJsonObject("keyspaces").keySet())
                .containsExactlyInAnyOrder("commerce", "customer"));
    }

    /** Point reads, scatters, writes and transactions over both shards, each with the answer that it must have. */
    private void work(Cluster cluster, long number) {
        long first = 100_000 + 10 * number;
        String rows = "customer where customer_id between " + first + " and " + (first + 9);
        try (Connection connection = cluster.connect("customer")) {
            while (!stop.get() && failures.isEmpty()) {
                assertThat(ConnectorJIT.rows(connection, "select email from customer where customer_id = 4"))
                        .containsExactly("dan@domain.com");
                assertThat(ConnectorJIT.rows(connection, "select count(*) from customer where customer_id <= 5"))
                        .containsExactly("5");
                assertThat(ConnectorJIT.rows(connection, "select sku from commerce.product where sku = 'SKU-1001'"))
                        .containsExactly("SKU-1001");
                ConnectorJIT.execute(connection, "begin");
                for (long id = first; id < first + 4; id++) {
                    ConnectorJIT.execute(
                            connection, "insert into customer(customer_id, email) values(" + id + ", 'soak')");
                }
                ConnectorJIT.execute(connection, "commit");
                assertThat(ConnectorJIT.rows(connection, "select count(*) from " + rows))
                        .containsExactly("4");
                for (long id = first; id < first + 4; id++) {
                    ConnectorJIT.execute(connection, "delete from customer where customer_id = " + id);
                }
                statements.addAndGet(14);
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        } catch (SQLException | AssertionError e) {
            failures.add(Thread.currentThread().getName() + ": " + e);
        }
    }
}
