package io.vtsphere.frontend;

import static io.vtsphere.frontend.FakeGate.field;
import static io.vtsphere.frontend.FakeGate.row;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitess.proto.Query;
import io.vtsphere.executor.ResultEnd;
import io.vtsphere.executor.ResultHandler;
import io.vtsphere.mysql.Capabilities;
import io.vtsphere.mysql.ColumnDefinition;
import io.vtsphere.mysql.ColumnType;
import io.vtsphere.mysql.EofPacket;
import io.vtsphere.mysql.ErrPacket;
import io.vtsphere.mysql.OkPacket;
import io.vtsphere.mysql.StatusFlags;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommandTest {
    private static final int MULTI = RawClient.BASIC | Capabilities.MULTI_STATEMENTS;

    private FrontendFixture server;
    private FakeGate gate;

    @BeforeEach
    void start() throws Exception {
        server = new FrontendFixture();
        gate = server.gate;
        gate.on("select id, name", (session, handler) -> {
            handler.fields(List.of(field("id", SqlType.INT64, 63), field("name", SqlType.VARCHAR, 255)));
            handler.rows(List.of(row("1", "Zoë"), row("-2", null)));
            handler.rows(List.of(row("3", "")));
            handler.end(session.end());
        });
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void query_sendsDefinitionsAndRows() throws Exception {
        try (RawClient client = server.client().root()) {
            RawClient.Result result = client.query("select id, name");
            assertThat(result.columns())
                    .containsExactly(
                            new ColumnDefinition("ks", "t", "t", "id", "id", 63, 100, ColumnType.LONGLONG, 0, 0),
                            new ColumnDefinition(
                                    "ks", "t", "t", "name", "name", 255, 100, ColumnType.VAR_STRING, 0, 0));
            assertThat(result.rows()).containsExactly(List.of("1", "Zoë"), Arrays.asList("-2", null), List.of("3", ""));
            assertThat(result.status()).isEqualTo(StatusFlags.AUTOCOMMIT);
        }
    }

    @Test
    void query_endsWithAnOkPacketWhereEofIsDeprecated() throws Exception {
        try (RawClient client =
                server.client(RawClient.BASIC | Capabilities.DEPRECATE_EOF).root()) {
            RawClient.Result result = client.query("select id, name");
            assertThat(result.rows()).hasSize(3);
            assertThat(result.status()).isEqualTo(StatusFlags.AUTOCOMMIT);
        }
    }

    @Test
    void statementWithoutRows_getsItsNumbers() throws Exception {
        gate.on("insert", (session, handler) -> handler.end(new ResultEnd(2, -1L, 3, 7, "Records: 2")));
        try (RawClient client = server.client().root()) {
            assertThat(client.query("insert").ok())
                    .usingRecursiveComparison()
                    .isEqualTo(new OkPacket(2, -1L, 3, 7, "Records: 2"));
        }
    }

    @Test
    void error_keepsErrnoAndSqlState() throws Exception {
        gate.on(
                "insert",
                (session, handler) -> handler.fail(VtException.of(
                        Code.ALREADY_EXISTS, "Duplicate entry '1' (errno 1062) (sqlstate 23000) during query")));
        try (RawClient client = server.client().root()) {
            ErrPacket error = client.query("insert").error();
            assertThat(error.errno()).isEqualTo(1062);
            assertThat(error.sqlState()).isEqualTo("23000");
            assertThat(client.query("select id, name").rows()).hasSize(3);
        }
    }

    @Test
    void errorAfterRows_endsTheResult() throws Exception {
        gate.on("select broken", (session, handler) -> {
            handler.fields(List.of(field("id", SqlType.INT64, 63)));
            handler.rows(List.of(row("1")));
            handler.fail(VtException.of(Code.UNAVAILABLE, "the tablet is gone"));
        });
        try (RawClient client = server.client().root()) {
            RawClient.Result result = client.query("select broken");
            assertThat(result.rows()).containsExactly(List.of("1"));
            assertThat(result.error().message()).isEqualTo("the tablet is gone");
        }
    }

    @Test
    void rowThatDoesNotFit_becomesAnErrorAfterTheSessionHasEnded() throws Exception {
        gate.on("select bad", (session, handler) -> {
            handler.fields(List.of(field("id", SqlType.INT64, 63)));
            handler.rows(List.of(row("1"), row("1", "2"), row("3")));
            handler.end(session.end());
        });
        try (RawClient client = server.client().root()) {
            RawClient.Result result = client.query("select bad");
            assertThat(result.rows()).containsExactly(List.of("1"));
            assertThat(result.error().message()).isEqualTo("VT13001: [BUG] a row of 2 values in a result of 1 fields");
        }
    }

    @Test
    void thrownError_isAnsweredAndWhatComesLaterIsIgnored() throws Exception {
        AtomicReference<ResultHandler> late = new AtomicReference<>();
        gate.on("crash", (session, handler) -> {
            late.set(handler);
            handler.fields(List.of(field("id", SqlType.INT64, 63)));
            throw new StackOverflowError("too deep");
        });
        try (RawClient client = server.client().root()) {
            assertThat(client.query("crash").error().message()).contains("too deep");
            gate.on("next", (session, handler) -> {
                late.get().rows(List.of(row("1")));
                late.get().end(session.end());
                handler.end(session.end());
            });
            assertThat(client.query("next").ok()).isNotNull();
        }
    }

    @Test
    void multiStatements_areRunInTurnAndFlagged() throws Exception {
        try (RawClient client = server.client(MULTI).root()) {
            client.command(3, "set a; select id, name; set b");
            RawClient.Result first = client.result();
            RawClient.Result second = client.result();
            RawClient.Result third = client.result();
            assertThat(first.status() & StatusFlags.MORE_RESULTS_EXISTS).isNotZero();
            assertThat(second.rows()).hasSize(3);
            assertThat(second.status() & StatusFlags.MORE_RESULTS_EXISTS).isNotZero();
            assertThat(third.status() & StatusFlags.MORE_RESULTS_EXISTS).isZero();
            assertThat(gate.only().commands).containsExactly("set a", "select id, name", "set b");
        }
    }

    @Test
    void multiStatements_endAtTheFirstError() throws Exception {
        gate.on("bad", (session, handler) -> handler.fail(VtException.of(Code.UNKNOWN, "no")));
        try (RawClient client = server.client(MULTI).root()) {
            client.command(3, "set a; bad; set b");
            assertThat(client.result().status() & StatusFlags.MORE_RESULTS_EXISTS)
                    .isNotZero();
            assertThat(client.result().error().message()).isEqualTo("no");
            assertThat(client.query("set c").ok()).isNotNull();
            assertThat(gate.only().commands).containsExactly("set a", "bad", "set c");
        }
    }

    @Test
    void multiStatements_withoutTheCapabilityAreRefused() throws Exception {
        try (RawClient client = server.client().root()) {
            assertThat(client.query("set a; set b").error())
                    .isEqualTo(new ErrPacket(1149, "42000", "Expected a single statement"));
            client.command(0x1b, new byte[] {0, 0});
            assertThat(EofPacket.decode(client.read()).statusFlags()).isEqualTo(StatusFlags.AUTOCOMMIT);
            client.command(3, "set c; set d");
            client.result();
            client.result();
            client.command(0x1b, new byte[] {1, 0});
            client.read();
            client.query("set e; set f");
            assertThat(gate.only().commands).containsExactly("set c", "set d");
        }
    }

    @Test
    void pipelinedCommands_areAnsweredInOrder() throws Exception {
        gate.on("slow", (session, handler) -> session.params
                .loop()
                .schedule(() -> handler.end(session.end()), 100, java.util.concurrent.TimeUnit.MILLISECONDS));
        String[] queries = new String[300];
        for (int i = 0; i < queries.length; i++) {
            queries[i] = i % 100 == 0 ? "slow" : i % 2 == 0 ? "select id, name" : "set " + i;
        }
        try (RawClient client = server.client().root()) {
            client.pipeline(queries);
            for (int i = 0; i < queries.length; i++) {
                RawClient.Result result = client.next();
                assertThat(result.columns().size()).isEqualTo(queries[i].startsWith("select") ? 2 : 0);
            }
            assertThat(gate.only().commands).containsExactly(queries);
        }
    }

    @Test
    void initDb_setsTheTarget() throws Exception {
        try (RawClient client = server.client().root()) {
            client.command(2, "customer@replica");
            assertThat(client.result().ok()).isNotNull();
            assertThat(gate.only().target).isEqualTo("customer@replica");
        }
    }

    @Test
    void ping_saysTheStatus() throws Exception {
        try (RawClient client = server.client().root()) {
            gate.only().status = StatusFlags.IN_TRANS;
            client.command(14, "");
            assertThat(client.result().ok().statusFlags()).isEqualTo(StatusFlags.IN_TRANS);
        }
    }

    @Test
    void quit_closesTheSession() throws Exception {
        try (RawClient client = server.client().root()) {
            client.command(1, "");
            assertThat(client.isClosedByServer()).isTrue();
        }
        Awaitility.await().until(() -> gate.only().closed);
        Awaitility.await().until(() -> server.frontend.openConnections() == 0);
    }

    @Test
    void goneClient_closesTheSessionWhileAStatementRuns() throws Exception {
        AtomicReference<ResultHandler> running = new AtomicReference<>();
        gate.on("hang", (session, handler) -> running.set(handler));
        RawClient client = server.client().root();
        client.command(3, "hang");
        Awaitility.await().until(() -> running.get() != null);
        client.close();
        Awaitility.await().until(() -> gate.only().closed);
    }

    @Test
    void otherCommands_areRefusedByTheirNumber() throws Exception {
        try (RawClient client = server.client().root()) {
            for (int command : new int[] {4, 9, 10, 12, 13, 17, 18, 28, 30, 200}) {
                client.command(command, "");
                assertThat(client.result().error())
                        .isEqualTo(new ErrPacket(1047, "08S01", "command handling not implemented yet: " + command));
            }
        }
    }

    @Test
    void emptyPacket_isMalformed() throws Exception {
        try (RawClient client = server.client().root()) {
            client.raw(new byte[] {0, 0, 0, 0});
            assertThat(client.next().error().errno()).isEqualTo(1835);
            assertThat(client.query("select id, name").rows()).hasSize(3);
        }
    }

    @Test
    void resetConnection_forgetsPreparedStatements() throws Exception {
        gate.onPrepare("p", 0);
        try (RawClient client = server.client().root()) {
            client.command(0x16, "p");
            client.read();
            client.command(0x1f, "");
            assertThat(client.result().ok()).isNotNull();
            client.command(0x17, new byte[] {1, 0, 0, 0, 0, 1, 0, 0, 0});
            assertThat(client.result().error())
                    .isEqualTo(new ErrPacket(2014, "HY000", "statement ID is not found from record"));
        }
    }

    @Test
    void statementOver16MB_andRowOver16MB_passWhole() throws Exception {
        String value = "x".repeat(40_000_000);
        AtomicInteger length = new AtomicInteger();
        gate.on("insert " + value, (session, handler) -> {
            length.set(value.length());
            handler.fields(List.of(field("v", SqlType.TEXT, 255)));
            handler.rows(List.of(row(value), row("after")));
            handler.end(session.end());
        });
        try (RawClient client = server.client().root()) {
            RawClient.Result result = client.query("insert " + value);
            assertThat(length.get()).isEqualTo(value.length());
            assertThat(result.rows().get(0).get(0).length()).isEqualTo(value.length());
            assertThat(result.rows().get(0).get(0).equals(value)).isTrue();
            assertThat(result.rows().get(1)).containsExactly("after");
        }
    }

    @Test
    void packetAboveTheLimit_isRefusedWithItsErrorAndTheConnectionEnds() throws Exception {
        FrontendConfig config = new FrontendConfig(
                "8", FrontendFixture.USERS, 10, 1 << 20, Duration.ofSeconds(5), Duration.ZERO, null, false);
        try (FrontendFixture small = new FrontendFixture(config);
                RawClient client = small.client().root()) {
            client.command(3, "y".repeat((1 << 20) - 1));
            assertThat(client.result().ok()).isNotNull();
            client.command(3, "y".repeat(3 << 20));
            assertThat(client.result().error())
                    .isEqualTo(new ErrPacket(1153, "08S01", "Got a packet bigger than 'max_allowed_packet' bytes"));
            assertThat(client.isClosedByServer()).isTrue();
            Awaitility.await().until(() -> small.gate.only().closed);
        }
    }

    @Test
    void slowReader_pausesTheStream() throws Exception {
        AtomicInteger sent = new AtomicInteger();
        Query.Row big = row("z".repeat(100_000));
        int total = 400;
        gate.on("select stream", (session, handler) -> {
            handler.fields(List.of(field("v", SqlType.TEXT, 255)));
            new Object() {
                void more() {
                    while (handler.writable() && sent.get() < total) {
                        handler.rows(List.of(big));
                        sent.incrementAndGet();
                    }
                    if (sent.get() < total) {
                        handler.onWritable(this::more);
                    } else {
                        handler.end(session.end());
                    }
                }
            }.more();
        });
        try (RawClient client = server.client().root()) {
            client.command(3, "select stream");
            Awaitility.await()
                    .during(Duration.ofMillis(200))
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> sent.get(), n -> n > 0 && n < total);
            assertThat(client.result().packets()).hasSize(total);
            assertThat(sent.get()).isEqualTo(total);
        }
    }

    @Test
    void silentClient_isDisconnectedAfterTheWaitTimeout() throws Exception {
        FrontendConfig config = new FrontendConfig(
                "8", FrontendFixture.USERS, 10, 1 << 20, Duration.ofSeconds(5), Duration.ofMillis(300), null, false);
        try (FrontendFixture quick = new FrontendFixture(config);
                RawClient client = quick.client().root()) {
            client.query("select id, name");
            assertThatThrownBy(client::read).isInstanceOf(IOException.class);
            Awaitility.await().until(() -> quick.gate.only().closed);
        }
    }

    @Test
    void drain_endsIdleClientsAtOnceAndTransactionsAtTheirEnd() throws Exception {
        gate.on("commit", (session, handler) -> {
            session.status = StatusFlags.AUTOCOMMIT;
            handler.end(session.end());
        });
        try (RawClient idle = server.client().root();
                RawClient busy = server.client().root()) {
            gate.sessions.get(1).status = StatusFlags.IN_TRANS;
            Thread drain = new Thread(() -> server.frontend.drain(Duration.ofSeconds(20)));
            drain.start();
            assertThatThrownBy(idle::read).hasMessageContaining("sequence id 0");
            assertThatThrownBy(server::client).hasMessage("1053 08S01 Server shutdown in progress");
            assertThat(busy.query("update").ok()).isNotNull();
            assertThat(busy.query("commit").ok()).isNotNull();
            drain.join(10_000);
            assertThat(drain.isAlive()).isFalse();
        }
    }

    @Test
    void bytesInABinaryLiteral_arriveAsHexadecimal() throws Exception {
        byte[] sql = "insert into t values ('é', _binary'\0ab\\\\c', 1) -- _binary'".getBytes(UTF_8);
        int at = new String(sql, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf('\0');
        sql[at] = (byte) 0xff;
        try (RawClient client = server.client().root()) {
            client.command(3, sql);
            assertThat(client.result().error()).isNull();
            assertThat(gate.only().commands)
                    .containsExactly("insert into t values ('é', _binary X'ff61625c63', 1) -- _binary'");
        }
    }

    /** As dumps write the values of binary columns. */
    @Test
    void bytesInAValueOfAnInsert_arriveAsHexadecimal() throws Exception {
        byte[] sql = "Insert into t values\n('é','\0b'),\n('\0')".getBytes(UTF_8);
        for (int i = 0; i < sql.length; i++) {
            sql[i] = sql[i] == 0 ? (byte) 0xff : sql[i];
        }
        try (RawClient client = server.client().root()) {
            client.command(3, sql);
            assertThat(client.result().error()).isNull();
            assertThat(gate.only().commands).containsExactly("Insert into t values\n('é', X'ff62'),\n( X'ff')");
        }
    }

    @Test
    void bytesThatAreNoText_areRefused() throws Exception {
        try (RawClient client = server.client().root()) {
            client.command(3, new byte[] {'s', 'e', 't', ' ', '\'', (byte) 0xff, '\''});
            assertThat(client.result().error().errno()).isEqualTo(1300);
            assertThat(client.query("select '\uFFFD'").ok()).isNotNull();
        }
    }

    @Test
    void latin1Client_isUnderstoodAndAnsweredInLatin1() throws Exception {
        gate.on("select 'é'", (session, handler) -> {
            handler.fields(List.of(field("v", SqlType.VARCHAR, 255), field("b", SqlType.VARBINARY, 63)));
            handler.rows(List.of(row("é", "é")));
            handler.end(session.end());
        });
        try (RawClient client = server.client()) {
            client.login("root", new byte[0], "mysql_native_password", null, 8);
            client.command(3, "select 'é'".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            RawClient.Result result = client.result();
            assertThat(result.columns().get(0).charset()).isEqualTo(8);
            assertThat(result.packets()).containsExactly(new byte[] {1, (byte) 0xe9, 2, (byte) 0xc3, (byte) 0xa9});
        }
    }

    @Test
    void metrics_countConnectionsAndQueries() throws Exception {
        try (RawClient client = server.client().root()) {
            client.query("select id, name");
            assertThat(server.registry
                            .get("vtgate.mysql.server.conn.count")
                            .gauge()
                            .value())
                    .isEqualTo(1);
            assertThat(server.registry
                            .get("vtgate.mysql.server.timings")
                            .tag("operation", "query")
                            .timer()
                            .count())
                    .isEqualTo(1);
        }
        assertThat(Collections.frequency(gate.sessions, gate.only())).isEqualTo(1);
    }
}
