package io.vtsphere.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
    @TempDir
    Path directory;

    @Test
    void start_ofAParentThatIsKilled_takesTheChildWithIt() throws Exception {
        Path pid = directory.resolve("pid");
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName(),
                        directory.toString())
                .inheritIO()
                .start();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(pid));
        long child = Long.parseLong(Files.readString(pid));
        assertThat(ProcessHandle.of(child)).isPresent();
        parent.destroyForcibly().waitFor();
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> ProcessHandle.of(child)
                .filter(ProcessHandle::isAlive)
                .equals(Optional.empty()));
    }

    @Test
    void stop_withTerm_letsTheCommandFinish() throws Exception {
        Path log = directory.resolve("log");
        ChildProcess process = ChildProcess.start(
                "sh",
                log,
                Map.of("GREETING", "bye"),
                List.of("/bin/sh", "-c", "trap 'echo $GREETING; exit 0' TERM; echo up; while :; do sleep 0.05; done"));
        Awaitility.await().until(() -> Files.readString(log).contains("up"));
        process.stop(Duration.ofSeconds(10));
        assertThat(process.isAlive()).isFalse();
        assertThat(Files.readString(log)).isEqualTo("up\nbye\n");
    }

    /** Starts a long sleep, tells its pid and waits to be killed. */
    static final class Parent {
        public static void main(String[] args) throws Exception {
            Path directory = Path.of(args[0]);
            ChildProcess process =
                    ChildProcess.start("sleep", directory.resolve("sleep.log"), Map.of(), List.of("sleep", "600"));
            Files.writeString(directory.resolve("pid.new"), Long.toString(process.pid()));
            Files.move(directory.resolve("pid.new"), directory.resolve("pid"));
            process.await(Duration.ofMinutes(10));
        }
    }
}
