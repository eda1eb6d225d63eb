package io.vtsphere.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What following a great many tablets costs: some hundreds in the ordinary run, 10,000 with {@code -Plong}. */
class ManyTabletsIT {
    private static final int TABLETS = Integer.getInteger("many.tablets", 500);
    private static final Duration MEASURED = Duration.ofSeconds(TABLETS >= 10_000 ? 20 : 5);

    @Test
    void oneMessageASecondAndTablet_takesLessThanACoreAndAGigabyte() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx2g",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ManyTablets.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                Bench bench = new Bench(Map.of())) {
            int port = Integer.parseInt(out.readLine());
            bench.topology.shards(ManyTablets.shards());
            bench.topology.records(ManyTablets.records(TABLETS, port));
            Awaitility.await().atMost(4, TimeUnit.MINUTES).until(() -> heard(bench) == TABLETS);
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            long thread = healthThread(threads);
            long cpuBefore = threads.getThreadCpuTime(thread);
            long before = System.nanoTime();
            Awaitility.await()
                    .pollDelay(MEASURED)
                    .atMost(MEASURED.plusMinutes(1))
                    .until(() -> true);
            double cores = (double) (threads.getThreadCpuTime(thread) - cpuBefore) / (System.nanoTime() - before);
            System.gc();
            long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            System.out.println(String.format(
                    Locale.ROOT,
                    "%d tablets: %.2f cores for health, %d MiB of heap, %d heard",
                    TABLETS,
                    cores,
                    heap >> 20,
                    heard(bench)));
            assertThat(heard(bench)).isEqualTo(TABLETS);
            assertThat(cores).isLessThan(1);
            assertThat(heap).isLessThan(1L << 30);
        } finally {
            process.destroyForcibly();
        }
    }

    private static long heard(Bench bench) {
        return bench.gateway.tablets().stream().filter(TabletHealth::heard).count();
    }

    private static long healthThread(ThreadMXBean threads) {
        List<ThreadInfo> all = List.of(threads.getThreadInfo(threads.getAllThreadIds()));
        return all.stream()
                .filter(info -> info.getThreadName().startsWith("gateway-health"))
                .map(ThreadInfo::getThreadId)
                .findFirst()
                .orElseThrow();
    }
}
