package io.vtsphere.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vtsphere.vterrors.VtException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KillTest {
    private final FakeTablets tablets = new FakeTablets();
    private final Gate gate = gate(Map.of("allow-kill-statement", "true"));
    private final Client victim = new Client(gate, 7);
    private final Client killer = new Client(gate, 8);

    private Gate gate(Map<String, String> flags) {
        return Cluster.gate(tablets, flags);
    }

    @AfterEach
    void close() {
        victim.close();
        killer.close();
        gate.close();
    }

    private CompletableFuture<Client.Answer> running() {
        victim.initDb("customer");
        tablets.hold();
        CompletableFuture<Client.Answer> answer =
                victim.start(handler -> victim.session.query("select * from customer where customer_id = 1", handler));
        Awaitility.await().until(() -> tablets.heldQueries() == 1);
        return answer;
    }

    @Test
    void killQuery_endsTheStatementOnly() {
        CompletableFuture<Client.Answer> answer = running();
        killer.query("kill query 7");
        assertThatThrownBy(() -> Client.await(answer))
                .isInstanceOfSatisfying(
                        VtException.class, error -> assertThat(error.errno()).isEqualTo(1317));
        assertThat(victim.query("select 1").rows()).hasSize(1);
    }

    @Test
    void kill_hangsUpToo() throws InterruptedException {
        CountDownLatch hungUp = new CountDownLatch(1);
        victim.onLoop(() -> victim.session.onKilled(hungUp::countDown));
        CompletableFuture<Client.Answer> answer = running();
        killer.query("kill 7");
        assertThat(hungUp.await(5, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> Client.await(answer)).isInstanceOf(VtException.class);
    }

    @Test
    void kill_ofNobody_isUnknown() {
        VtException error = killer.error("kill 99");
        assertThat(error.errno()).isEqualTo(1094);
        assertThat(error.getMessage()).isEqualTo("Unknown thread id: 99");
        victim.onLoop(victim.session::close);
        assertThat(killer.error("kill query 7").errno()).isEqualTo(1094);
    }

    @Test
    void kill_isNotPermittedUnlessConfigured() {
        try (Gate strict = gate(Map.of());
                Client client = new Client(strict, 9)) {
            VtException error = client.error("kill 9");
            assertThat(error.errno()).isEqualTo(1095);
            assertThat(error.getMessage()).isEqualTo("VT07001: kill statement execution not permitted.");
        }
    }
}
