package io.vtsphere.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.grpc.netty.GrpcSslContexts;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.vitess.proto.Query.QueryResult;
import io.vitess.proto.Topodata;
import java.io.File;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How tablets are reached: names, TLS, addresses where nobody answers. */
class ConnectionTest {
    private static final Path FILES = Path.of("src/test/resources/tls");

    private static String file(String name) {
        return FILES.resolve(name).toString();
    }

    private static SslContext strictServer() throws Exception {
        return GrpcSslContexts.forServer(new File(file("tablet.pem")), new File(file("tablet-key.pem")))
                .trustManager(new File(file("ca.pem")))
                .clientAuth(ClientAuth.REQUIRE)
                .build();
    }

    private static Map<String, String> tls() {
        return new HashMap<>(Map.of(
                "tablet-grpc-ca", file("ca.pem"),
                "tablet-grpc-cert", file("gate.pem"),
                "tablet-grpc-key", file("gate-key.pem"),
                "tablet-grpc-server-name", "tablet.test"));
    }

    private static String lastError(Map<String, String> flags) throws Exception {
        try (Bench bench = new Bench(flags)) {
            bench.topology.tablets(bench.tablet("zone1-100", Bench.PRIMARY, strictServer()));
            await().until(() -> bench.gateway.tablets().size() == 1
                    && bench.gateway.tablets().get(0).lastError() != null);
            assertThat(bench.gateway.tablets().get(0).serving()).isFalse();
            return String.valueOf(bench.gateway.tablets().get(0).lastError());
        }
    }

    @Test
    void tls_withCertificatesOnBothSides_works() throws Exception {
        try (Bench bench = new Bench(tls())) {
            bench.publish(bench.tablet("zone1-100", Bench.PRIMARY, strictServer()));
            assertThat(bench.execute(bench.call(Bench.PRIMARY)).get().getInfo()).isEqualTo("zone1-0000000100");
        }
    }

    @Test
    void tls_anotherServerName_isNotTrusted() throws Exception {
        Map<String, String> flags = tls();
        flags.put("tablet-grpc-server-name", "other.test");
        assertThat(lastError(flags)).contains("code = Unavailable");
    }

    @Test
    void tls_unknownAuthority_isNotTrusted() throws Exception {
        Map<String, String> flags = tls();
        flags.put("tablet-grpc-ca", file("gate.pem"));
        assertThat(lastError(flags)).contains("code = Unavailable");
    }

    private static SslContext server(String name) throws Exception {
        return GrpcSslContexts.forServer(
                        new File(file("revocation/" + name + ".pem")),
                        new File(file("revocation/" + name + "-key.pem")))
                .build();
    }

    private static Map<String, String> withList() {
        return new HashMap<>(Map.of(
                "tablet-grpc-ca", file("revocation/ca.pem"),
                "tablet-grpc-crl", file("revocation/crl.pem"),
                "tablet-grpc-server-name", "tablets"));
    }

    @Test
    void tls_certificateThatWasTakenBack_isNotTrusted() throws Exception {
        try (Bench bench = new Bench(withList())) {
            FakeTablet good = bench.tablet("zone1-100", Bench.PRIMARY, server("good"));
            FakeTablet revoked = bench.tablet("zone1-101", Bench.REPLICA, server("revoked"));
            bench.topology.tablets(good, revoked);
            await().until(() -> bench.gateway.tablets().size() == 2
                    && bench.health(good).serving()
                    && bench.health(revoked).lastError() != null);
            assertThat(bench.health(revoked).serving()).isFalse();
            assertThat(bench.execute(bench.call(Bench.PRIMARY)).get().getInfo()).isEqualTo("zone1-0000000100");
        }
        Map<String, String> withoutList = withList();
        withoutList.remove("tablet-grpc-crl");
        try (Bench bench = new Bench(withoutList)) {
            bench.publish(bench.tablet("zone1-101", Bench.REPLICA, server("revoked")));
            assertThat(bench.execute(bench.call(Bench.REPLICA)).get().getInfo()).isEqualTo("zone1-0000000101");
        }
    }

    @Test
    void credentials_goWithEveryCall() throws Exception {
        try (Bench bench = new Bench(Map.of("grpc-auth-static-client-creds", file("credentials.json")))) {
            FakeTablet tablet = bench.tablet("zone1-100", Bench.PRIMARY);
            bench.publish(tablet);
            assertThat(tablet.credentials).isEqualTo("gate/secret");
            tablet.credentials = "";
            bench.execute(bench.call(Bench.PRIMARY)).get();
            assertThat(tablet.credentials).isEqualTo("gate/secret");
        }
    }

    @Test
    void credentials_thatCannotBeRead_areRefusedAtStartWithTheirKey() {
        assertThatThrownBy(() -> new Bench(Map.of("grpc-auth-static-client-creds", file("none.json"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("grpc-auth-static-client-creds")
                .hasMessageContaining("none.json");
        assertThatThrownBy(() -> new Bench(Map.of("grpc-auth-static-client-creds", file("ca.pem"))))
                .hasMessageContaining("grpc-auth-static-client-creds");
    }

    @Test
    void plainText_againstATlsTablet_getsNowhere() throws Exception {
        assertThat(lastError(Map.of())).contains("code = Unavailable");
    }

    @Test
    void tlsFileThatIsMissing_isRefusedAtStartWithItsKey() {
        Map<String, String> flags = tls();
        flags.put("tablet-grpc-ca", file("none.pem"));
        assertThatThrownBy(() -> new Bench(flags))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tablet-grpc-ca")
                .hasMessageContaining("none.pem");
    }

    @Test
    void hostName_isLookedUp_andRepliesStayOnTheLoop() throws Exception {
        try (Bench bench = new Bench(Map.of())) {
            FakeTablet tablet = bench.tablet("zone1-100", Bench.PRIMARY);
            Topodata.Tablet record =
                    tablet.record().toBuilder().setHostname("localhost").build();
            bench.topology.records(List.of(record));
            await().until(() -> bench.gateway.tablets().size() == 1
                    && bench.gateway.tablets().get(0).heard());
            bench.settle();
            Answer<QueryResult> answer = bench.execute(bench.call(Bench.PRIMARY));
            assertThat(answer.get().getInfo()).isEqualTo("zone1-0000000100");
            assertThat(bench.loop
                            .submit(() -> answer.thread == Thread.currentThread())
                            .get())
                    .isTrue();
        }
    }

    @Test
    void epollLoops_getEpollChannels() throws Exception {
        assumeThat(Epoll.isAvailable()).isTrue();
        try (Bench bench = new Bench(Map.of(), new EpollEventLoopGroup(2))) {
            bench.publish(bench.tablet("zone1-100", Bench.PRIMARY));
            Answer<QueryResult> answer = bench.execute(bench.call(Bench.PRIMARY));
            assertThat(answer.get().getInfo()).isEqualTo("zone1-0000000100");
            assertThat(bench.loop
                            .submit(() -> answer.thread == Thread.currentThread())
                            .get())
                    .isTrue();
        }
    }

    @Test
    void nobodyListens_lastErrorSaysSo_andOtherTabletsServe() throws Exception {
        try (Bench bench = new Bench(Map.of())) {
            FakeTablet alive = bench.tablet("zone1-101", Bench.REPLICA);
            FakeTablet dead = bench.tablet("zone1-102", Bench.REPLICA);
            dead.kill();
            bench.topology.tablets(alive, dead);
            await().until(() -> bench.gateway.tablets().size() == 2
                    && bench.health(alive).heard()
                    && bench.health(dead).lastError() != null);
            bench.settle();
            assertThat(bench.health(dead).lastError())
                    .isEqualTo(
                            "vttablet: rpc error: code = Unavailable desc = connection error: desc = \"transport: Error while"
                                    + " dialing: dial tcp 127.0.0.1:" + dead.port()
                                    + ": connect: connection refused\"");
            for (int i = 0; i < 10; i++) {
                assertThat(bench.execute(bench.call(Bench.REPLICA)).get().getInfo())
                        .isEqualTo("zone1-0000000101");
            }
        }
    }

    @Test
    void recordWithoutGrpcPort_isIgnored() {
        try (Bench bench = new Bench(Map.of())) {
            FakeTablet alive = bench.tablet("zone1-101", Bench.REPLICA);
            FakeTablet silent = bench.tablet("zone1-102", Bench.REPLICA);
            bench.topology.records(List.of(
                    alive.record(), silent.record().toBuilder().clearPortMap().build()));
            await().until(() -> bench.gateway.tablets().size() == 1);
            bench.settle();
            assertThat(bench.gateway.tablets()).hasSize(1);
        }
    }
}
