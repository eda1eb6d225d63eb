package io.vtsphere.tablet.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vitess.proto.Query.StreamHealthRequest;
import io.vitess.proto.Query.StreamHealthResponse;
import io.vitess.proto.grpc.QueryGrpc;
import io.vtsphere.tablet.TabletConfig;
import io.vtsphere.tablet.TabletServer;
import io.vtsphere.tablet.TestTablets;
import io.vtsphere.testkit.MySqlProcess;
import io.vtsphere.topo.TabletType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingDeque;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    @Test
    void mysqlDies_tabletSaysSo_andServesAgainWhenItIsBack() throws Exception {
        try (MySqlProcess mysql = MySqlProcess.start(MySqlProcess.Options.in(directory))) {
            mysql.execute("", "create database vt_customer");
            TabletConfig config = TestTablets.config(mysql.port(), TabletType.PRIMARY, Duration.ofSeconds(30));
            try (TabletServer tablet = TestTablets.serving(config);
                    Listener listener = new Listener(tablet)) {
                assertThat(listener.await(true).getPrimaryTermStartTimestamp()).isPositive();

                mysql.process().close();
                StreamHealthResponse down = listener.await(false);
                assertThat(down.getRealtimeStats().getHealthError()).contains("MySQL");
                assertThat(down.getTarget().getKeyspace()).isEqualTo("customer");

                mysql.restart();
                assertThat(listener.await(true).getRealtimeStats().getHealthError())
                        .isEmpty();
            }
        }
    }

    @Test
    void close_endsTheHealthStream_afterSayingNotServing() throws Exception {
        try (MySqlProcess mysql = MySqlProcess.start(MySqlProcess.Options.in(directory))) {
            mysql.execute("", "create database vt_customer");
            TabletServer tablet =
                    TestTablets.serving(TestTablets.config(mysql.port(), TabletType.PRIMARY, Duration.ofSeconds(30)));
            try (Listener listener = new Listener(tablet)) {
                listener.await(true);
                tablet.close();
                listener.await(false);
                Awaitility.await()
                        .untilAsserted(() -> assertThat(listener.error).isNotNull());
            }
        }
    }

    @Test
    void replica_realReplication_followsAndReportsItsLag() throws Exception {
        try (MySqlProcess primary = MySqlProcess.start(MySqlProcess.Options.in(directory.resolve("p")));
                MySqlProcess replica = MySqlProcess.start(MySqlProcess.Options.in(directory.resolve("r")))) {
            TabletConfig config = TestTablets.config(replica.port(), TabletType.REPLICA, Duration.ofSeconds(30));
            try (TabletServer tablet = TabletServer.start(config, new SimpleMeterRegistry())) {
                primary.execute("", "create database vt_customer", "create table vt_customer.t(id int primary key)");
                replica.execute(
                        "",
                        "change master to master_host = '127.0.0.1', master_port = " + primary.port()
                                + ", master_user = 'root', master_auto_position = 1, master_connect_retry = 1",
                        "start slave");
                awaitServing(tablet);
                assertThat(replica.queryOne("", "select @@global.super_read_only"))
                        .isEqualTo("1");
                assertThat(tablet.status().lagSeconds()).isZero();

                replica.execute("", "stop slave sql_thread");
                Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(
                                tablet.status().lagSeconds())
                        .isGreaterThanOrEqualTo(1));
                assertThat(tablet.status().serving()).isTrue();

                replica.execute("", "start slave sql_thread");
                Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(
                                tablet.status().lagSeconds())
                        .isZero());
            }
        }
    }

    @Test
    void primary_readOnlyMysql_isMadeWritableOnlyWhenTheTypeIsCertain() throws Exception {
        try (MySqlProcess mysql = MySqlProcess.start(MySqlProcess.Options.in(directory))) {
            mysql.execute("", "create database vt_customer", "set global super_read_only = on");
            TabletConfig config = TestTablets.config(mysql.port(), TabletType.PRIMARY, Duration.ofSeconds(30));
            try (TabletServer tablet = TabletServer.startUnconfirmed(config, new SimpleMeterRegistry())) {
                Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(
                                tablet.status().error())
                        .isEqualTo("MySQL is read only, a primary must be able to write"));
                tablet.changeType(TabletType.PRIMARY, 7);
                awaitServing(tablet);
                assertThat(mysql.queryOne("", "select @@global.read_only")).isEqualTo("0");
                assertThat(tablet.status().primaryTermStart()).isEqualTo(7);

                tablet.changeType(TabletType.REPLICA, 0);
                Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(
                                tablet.status().error())
                        .isEqualTo("replication is not configured"));
                assertThat(mysql.queryOne("", "select @@global.super_read_only"))
                        .isEqualTo("1");
            }
        }
    }

    private static void awaitServing(TabletServer tablet) {
        Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(tablet.status())
                .matches(ServingStatus::serving));
    }

    /** Keeps what a health stream said. */
    private static final class Listener implements StreamObserver<StreamHealthResponse>, AutoCloseable {
        private final LinkedBlockingDeque<StreamHealthResponse> messages = new LinkedBlockingDeque<>();
        private final ManagedChannel channel;
        private volatile @Nullable Throwable error;

        Listener(TabletServer tablet) {
            channel = NettyChannelBuilder.forAddress("127.0.0.1", tablet.grpcPort())
                    .usePlaintext()
                    .build();
            QueryGrpc.newStub(channel).streamHealth(StreamHealthRequest.getDefaultInstance(), this);
        }

        StreamHealthResponse await(boolean serving) {
            Awaitility.await().atMost(SOON).until(() -> {
                StreamHealthResponse last = messages.peekLast();
                return last != null && last.getServing() == serving;
            });
            return messages.getLast();
        }

        @Override
        public void onNext(StreamHealthResponse message) {
            messages.add(message);
        }

        @Override
        public void onError(Throwable failure) {
            error = failure;
        }

        @Override
        public void onCompleted() {}

        @Override
        public void close() {
            channel.shutdownNow();
        }
    }
}
