package io.vtsphere.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.topo.ServingState;
import io.vtsphere.topo.ServingStates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Many sessions that need the same new plan at once: an event loop plans it once, and none waits for another. */
class PlanStampedeTest {
    private static final int LOOPS = 4;
    private static final int SESSIONS = 200;

    private final FakeTablets tablets = new FakeTablets();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ServingState state = Cluster.commerce();

    private double counted(String name) {
        return Objects.requireNonNull(
                        meters.find("vtgate.query.plan.cache." + name).functionCounter())
                .count();
    }

    @Test
    void sessionsThatMissTheSamePlanAtOnce_planItOnceALoop() throws InterruptedException {
        tablets.answer((target, query) -> Results.rows(
                List.of(Results.field("email", SqlType.VARCHAR)),
                Results.row("of " + query.getBindVariablesMap().size())));
        List<Client> clients = new ArrayList<>();
        List<CompletableFuture<Client.Answer>> answers = new ArrayList<>();
        try (Gate gate = Gate.open(GateConfig.of(Map.of()), ServingStates.fixed(state), tablets, meters)) {
            List<EventLoop> loops = new ArrayList<>();
            CountDownLatch allStand = new CountDownLatch(LOOPS);
            CountDownLatch go = new CountDownLatch(1);
            for (int i = 0; i < LOOPS; i++) {
                loops.add(new DefaultEventLoop());
            }
            for (int i = 0; i < SESSIONS; i++) {
                Client client = new Client(gate, i + 1, loops.get(i % LOOPS));
                client.initDb("customer");
                clients.add(client);
            }
            for (EventLoop loop : loops) {
                loop.execute(() -> {
                    allStand.countDown();
                    awaitUninterruptibly(go);
                });
            }
            allStand.await();
            double before = counted("misses");
            for (int i = 0; i < SESSIONS; i++) {
                Client client = clients.get(i);
                String sql = "select email from customer where customer_id = " + i;
                answers.add(client.start(handler -> client.session.query(sql, handler)));
            }
            go.countDown();
            for (CompletableFuture<Client.Answer> answer : answers) {
                assertThat(Client.await(answer).texts()).containsExactly(List.of("of 1"));
            }

            assertThat(counted("misses") - before).isBetween(1.0, (double) LOOPS);
            assertThat(counted("hits")).isGreaterThanOrEqualTo(SESSIONS - LOOPS);
            assertThat(counted("evictions")).isZero();
            clients.forEach(client -> client.onLoop(client.session::close));
            loops.forEach(EventLoop::shutdownGracefully);
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
