package io.vtsphere.distribution.quickstart;

import io.vtsphere.testkit.EtcdProcess;
import io.vtsphere.testkit.Executables;
import io.vtsphere.testkit.StartFailure;
import java.io.Console;
import java.io.IOException;
import java.util.Locale;

/** Offers to install etcd where it is missing and can be installed. Stateless. */
final class EtcdInstall {
    private static final String MISSING = "etcd was not found: install it (apt-get install etcd-server), set ETCD_BIN, "
            + "start Docker, or run without one (--topo memory)";

    private EtcdInstall() {}

    /** Returns when etcd can be started; asks at a terminal before it installs anything. */
    static void ensure() throws IOException, InterruptedException {
        if (EtcdProcess.isAvailable()) {
            return;
        }
        Console console = System.console();
        boolean root = "root".equals(System.getProperty("user.name"));
        if (console == null || !root || Executables.find("apt-get").isEmpty()) {
            throw new StartFailure(MISSING);
        }
        String answer = console.readLine("etcd was not found. Install etcd-server with apt-get now? [Y/n] ");
        if (answer == null
                || !(answer.isBlank() || answer.trim().toLowerCase(Locale.ROOT).startsWith("y"))) {
            throw new StartFailure(MISSING);
        }
        run("apt-get", "update", "-qq");
        run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "etcd-server");
        if (!EtcdProcess.isAvailable()) {
            throw new StartFailure("apt-get installed etcd-server, but etcd was still not found: set ETCD_BIN");
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new StartFailure("'" + String.join(" ", command) + "' failed with status " + process.exitValue());
        }
    }
}
