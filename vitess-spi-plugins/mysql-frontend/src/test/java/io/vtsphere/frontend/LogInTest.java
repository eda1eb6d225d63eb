package io.vtsphere.frontend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vtsphere.mysql.AuthSwitchRequest;
import io.vtsphere.mysql.CachingSha2Password;
import io.vtsphere.mysql.Capabilities;
import io.vtsphere.mysql.ErrPacket;
import io.vtsphere.mysql.NativePassword;
import io.vtsphere.vterrors.State;
import io.vtsphere.vterrors.VtError;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogInTest {
    private static final String NATIVE = NativePassword.NAME;
    private static final String SHA2 = CachingSha2Password.NAME;

    private FrontendFixture server;

    @BeforeEach
    void start() throws Exception {
        server = new FrontendFixture();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void greeting_isVtgates() throws Exception {
        try (RawClient client = server.client()) {
            assertThat(client.greeting.serverVersion()).isEqualTo("8.4.6-Vitess");
            assertThat(client.greeting.authPlugin()).isEqualTo(NATIVE);
            assertThat(client.greeting.connectionId()).isPositive();
            assertThat(client.greeting.capabilities() & Capabilities.SSL).isZero();
            assertThat(client.greeting.capabilities() & Capabilities.DEPRECATE_EOF)
                    .isNotZero();
            assertThat(client.greeting.scramble()).hasSize(20).doesNotContain(0);
        }
    }

    @Test
    void nativePassword_right_opensASessionWithTheCallerOfTheMatchingEntry() throws Exception {
        try (RawClient client = server.client()) {
            ByteBuf answer =
                    client.login("app", NativePassword.scramble("s3cret", client.greeting.scramble()), NATIVE, null);
            assertThat(answer.getUnsignedByte(0)).isZero();
            assertThat(server.gate.only().params.user()).isEqualTo("app");
            assertThat(server.gate.only().params.userData()).isEqualTo("app_caller");
            assertThat(server.gate.only().params.groups()).containsExactly("writers");
            assertThat(server.gate.only().params.remoteAddress()).startsWith("127.0.0.1:");
            assertThat(server.gate.only().params.connectionId()).isEqualTo(client.greeting.connectionId());
            assertThat(client.query("select 1").ok()).isNotNull();
        }
    }

    @Test
    void secondPasswordOfTheUser_isTakenToo() throws Exception {
        try (RawClient client = server.client()) {
            client.login("app", NativePassword.scramble("old", client.greeting.scramble()), NATIVE, null);
            assertThat(server.gate.only().params.userData()).isEqualTo("app_old");
        }
    }

    @Test
    void wrongPassword_getsAccessDeniedAndNothingElse() throws Exception {
        try (RawClient client = server.client()) {
            ByteBuf answer =
                    client.login("app", NativePassword.scramble("wrong", client.greeting.scramble()), NATIVE, null);
            ErrPacket error = ErrPacket.decode(answer);
            assertThat(error).isEqualTo(new ErrPacket(1045, "28000", "Access denied for user 'app'"));
            try {
                client.command(3, "select 1");
            } catch (java.io.IOException e) {
                assertThat(e).isInstanceOf(java.net.SocketException.class);
            }
            assertThat(client.isClosedByServer()).isTrue();
            assertThat(server.gate.sessions).isEmpty();
        }
    }

    @Test
    void wrongPasswordWithTheCommandInTheSameWrite_getsAccessDeniedAndNothingElse() throws Exception {
        try (RawClient client = server.client()) {
            ByteBuf out = Unpooled.buffer();
            int start = io.vtsphere.mysql.Packets.begin(out);
            new io.vtsphere.mysql.HandshakeResponse(
                            RawClient.BASIC, 1 << 24, 45, "app", new byte[20], null, NATIVE, java.util.Map.of())
                    .encode(out);
            io.vtsphere.mysql.Packets.finish(out, start, 1);
            start = io.vtsphere.mysql.Packets.begin(out);
            out.writeByte(3).writeCharSequence("select 1", UTF_8);
            io.vtsphere.mysql.Packets.finish(out, start, 0);
            client.raw(RawClient.bytes(out));
            java.util.concurrent.atomic.AtomicInteger packets = new java.util.concurrent.atomic.AtomicInteger();
            assertThatThrownBy(() -> {
                        while (true) {
                            // the sequence id of the error is 2, as the client has counted only the greeting
                            client.read();
                            packets.incrementAndGet();
                        }
                    })
                    .isInstanceOf(java.io.IOException.class);
            assertThat(packets.get()).isLessThanOrEqualTo(1);
            assertThat(server.gate.sessions).isEmpty();
        }
    }

    @Test
    void commandBeforeTheLogIn_isNotAnswered() throws Exception {
        try (RawClient client = server.client()) {
            client.command(3, "select 1");
            assertThat(ErrPacket.decode(client.read())).isEqualTo(new ErrPacket(1043, "08S01", "Bad handshake"));
            assertThat(client.isClosedByServer()).isTrue();
            assertThat(server.gate.sessions).isEmpty();
        }
        Awaitility.await()
                .until(() -> server.registry
                                .get("vtgate.mysql.server.conn.count")
                                .gauge()
                                .value()
                        == 0);
    }

    @Test
    void unknownUser_isDeniedWithTheSameText() throws Exception {
        try (RawClient client = server.client()) {
            ErrPacket error = ErrPacket.decode(client.login("nobody", new byte[0], NATIVE, null));
            assertThat(error).isEqualTo(new ErrPacket(1045, "28000", "Access denied for user 'nobody'"));
        }
    }

    @Test
    void emptyProof_doesNotOpenAUserWithAPassword() throws Exception {
        for (String plugin : List.of(NATIVE, SHA2)) {
            try (RawClient client = server.client()) {
                assertThat(ErrPacket.decode(client.login("app", new byte[0], plugin, null))
                                .errno())
                        .isEqualTo(1045);
            }
        }
    }

    @Test
    void cachingSha2_fastProof_isAnsweredAtOnce() throws Exception {
        try (RawClient client = server.client()) {
            byte[] proof = CachingSha2Password.scramble("päss", client.greeting.scramble());
            ByteBuf answer = client.login("sha2", proof, SHA2, null);
            assertThat(RawClient.bytes(answer)).containsExactly(1, 3);
            assertThat(client.read().getUnsignedByte(0)).isZero();
        }
    }

    @Test
    void userWithOnlyASha2Hash_makesANativeClientSwitch() throws Exception {
        try (RawClient client = server.client()) {
            byte[] proof = NativePassword.scramble("päss", client.greeting.scramble());
            AuthSwitchRequest ask = AuthSwitchRequest.decode(client.login("sha2", proof, NATIVE, null));
            assertThat(ask.plugin()).isEqualTo(SHA2);
            client.write(Unpooled.wrappedBuffer(CachingSha2Password.scramble("päss", ask.scramble())));
            assertThat(RawClient.bytes(client.read())).containsExactly(1, 3);
            assertThat(client.read().getUnsignedByte(0)).isZero();
        }
    }

    @Test
    void clientWithAnUnknownPlugin_isAskedForNativePassword() throws Exception {
        try (RawClient client = server.client()) {
            AuthSwitchRequest ask = AuthSwitchRequest.decode(client.login("app", new byte[0], "sha256_password", null));
            assertThat(ask.plugin()).isEqualTo(NATIVE);
            client.write(Unpooled.wrappedBuffer(NativePassword.scramble("s3cret", ask.scramble())));
            assertThat(client.read().getUnsignedByte(0)).isZero();
        }
    }

    @Test
    void nativeHashOnly_letsASha2ClientInByItsPasswordOnceAndByTheFastProofThen() throws Exception {
        try (RawClient client = server.client()) {
            byte[] scramble = client.greeting.scramble();
            ByteBuf answer = client.login("hashed", CachingSha2Password.scramble("password", scramble), SHA2, null);
            assertThat(RawClient.bytes(answer)).containsExactly(1, 4);
            client.write(Unpooled.buffer().writeByte(2));
            ByteBuf key = client.read();
            assertThat(key.readByte()).isEqualTo((byte) 1);
            String pem = key.toString(UTF_8);
            client.write(Unpooled.wrappedBuffer(CachingSha2Password.encrypt("password", scramble, pem)));
            assertThat(client.read().getUnsignedByte(0)).isZero();
        }
        try (RawClient client = server.client()) {
            byte[] proof = CachingSha2Password.scramble("password", client.greeting.scramble());
            assertThat(RawClient.bytes(client.login("hashed", proof, SHA2, null)))
                    .containsExactly(1, 3);
        }
    }

    @Test
    void nativeHashOnly_deniesASha2ClientWithTheWrongPassword() throws Exception {
        try (RawClient client = server.client()) {
            byte[] scramble = client.greeting.scramble();
            client.login("hashed", CachingSha2Password.scramble("wrong", scramble), SHA2, null);
            client.write(Unpooled.buffer().writeByte(2));
            ByteBuf key = client.read();
            key.skipBytes(1);
            client.write(Unpooled.wrappedBuffer(CachingSha2Password.encrypt("wrong", scramble, key.toString(UTF_8))));
            assertThat(ErrPacket.decode(client.read()).errno()).isEqualTo(1045);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void database_becomesTheTargetBeforeTheOk() throws Exception {
        try (RawClient client = server.client()) {
            ByteBuf answer = client.login("root", new byte[0], NATIVE, "customer:-80@replica");
            assertThat(answer.getUnsignedByte(0)).isZero();
            assertThat(server.gate.only().commands).containsExactly("init customer:-80@replica");
        }
    }

    @Test
    void unknownDatabase_isAnErrorAndTheEnd() throws Exception {
        server.gate.on("init nosuchks", (session, handler) -> handler.fail(VtError.VT05003.with("nosuchks")));
        try (RawClient client = server.client()) {
            ErrPacket error = ErrPacket.decode(client.login("root", new byte[0], NATIVE, "nosuchks"));
            assertThat(error)
                    .isEqualTo(new ErrPacket(1049, "42000", "VT05003: unknown database 'nosuchks' in vschema"));
            assertThat(client.isClosedByServer()).isTrue();
        }
        Awaitility.await().until(() -> server.gate.only().closed);
    }

    @Test
    void characterSetThatWeDoNotSpeak_isRefused() throws Exception {
        try (RawClient client = server.client()) {
            ErrPacket error = ErrPacket.decode(client.login("root", new byte[0], NATIVE, null, 28));
            assertThat(error.errno()).isEqualTo(1115);
        }
    }

    @Test
    void silentClient_isCutOffAfterTheConnectTimeout() throws Exception {
        FrontendConfig config = new FrontendConfig(
                "8", FrontendFixture.USERS, 10, 1 << 20, Duration.ofMillis(200), Duration.ZERO, null, false);
        try (FrontendFixture quick = new FrontendFixture(config);
                RawClient client = quick.client()) {
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void oneConnectionTooMany_isRefusedBeforeTheGreeting() throws Exception {
        FrontendConfig config = new FrontendConfig(
                "8", FrontendFixture.USERS, 1, 1 << 20, Duration.ofSeconds(5), Duration.ZERO, null, false);
        try (FrontendFixture small = new FrontendFixture(config)) {
            try (RawClient first = small.client().root()) {
                assertThatThrownBy(small::client).hasMessage("1040 08004 Too many connections");
                assertThat(first.query("select 1").error()).isNull();
            }
            Awaitility.await().untilAsserted(() -> small.client().root().close());
        }
    }

    @Test
    void packetThatIsTooLongForALogIn_closesTheConnection() throws Exception {
        try (RawClient client = server.client()) {
            client.raw(new byte[] {0, 0, 2, 1});
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void sessionThatCannotBeOpened_isAnErrorAndTheEnd() throws Exception {
        MySqlFrontend broken = new MySqlFrontend(
                FrontendConfig.of(FrontendFixture.USERS),
                params -> {
                    throw new IllegalStateException("no memory");
                },
                List::of,
                new io.micrometer.core.instrument.simple.SimpleMeterRegistry());
        io.netty.channel.embedded.EmbeddedChannel channel = new io.netty.channel.embedded.EmbeddedChannel();
        broken.accept(channel);
        ByteBuf greeting = channel.readOutbound();
        greeting.release();
        ByteBuf in = Unpooled.buffer();
        int start = io.vtsphere.mysql.Packets.begin(in);
        new io.vtsphere.mysql.HandshakeResponse(
                        RawClient.BASIC, 1 << 24, 45, "root", new byte[0], null, NATIVE, java.util.Map.of())
                .encode(in);
        io.vtsphere.mysql.Packets.finish(in, start, 1);
        channel.writeInbound(in);
        ByteBuf answer = channel.readOutbound();
        ErrPacket error = ErrPacket.decode(answer.skipBytes(4));
        assertThat(error.sqlState()).isEqualTo("HY000");
        assertThat(error.message()).contains("no memory");
        assertThat(error.errno()).isNotEqualTo(State.ACCESS_DENIED.errno());
        assertThat(channel.isOpen()).isFalse();
    }
}
