package io.vtsphere.distribution.quickstart;

import io.vtsphere.testkit.Ports;
import io.vtsphere.testkit.StartFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What must hold before anything is started; each failure is one sentence. Stateless. */
final class Preconditions {
    /** A MySQL with its logs and the binary log of the example. */
    private static final long BYTES_PER_TABLET = 250L << 20;

    private Preconditions() {}

    /** The lock of the data directory; held until the process ends. */
    static FileLock lock(Path dataDirectory) throws IOException {
        try {
            Files.createDirectories(dataDirectory);
        } catch (IOException e) {
            throw new StartFailure("the data directory " + dataDirectory + " cannot be created: " + e.getMessage(), e);
        }
        FileChannel channel = FileChannel.open(
                dataDirectory.resolve("quickstart.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw new StartFailure("a cluster already runs on " + dataDirectory
                    + ": stop it with 'vtsphere quickstart --stop --data-dir " + dataDirectory
                    + "' or choose another --data-dir");
        }
        return lock;
    }

    static void check(Settings settings) throws IOException {
        long needed = BYTES_PER_TABLET * settings.tablets().size();
        long free = Files.getFileStore(settings.dataDirectory()).getUsableSpace();
        boolean fresh = !Files.exists(settings.readyFile());
        if (fresh && free < needed) {
            throw new StartFailure("the disk of " + settings.dataDirectory() + " has " + (free >> 20)
                    + " MiB free, a new cluster needs " + (needed >> 20)
                    + " MiB: free some, use --small, or choose another --data-dir");
        }
        for (int port : settings.ports()) {
            if (!Ports.isFree(port)) {
                throw new StartFailure("port " + port + " is in use (the cluster takes ports "
                        + settings.ports().get(0) + " to "
                        + settings.ports().get(settings.ports().size() - 1)
                        + "): choose others with --ports-from");
            }
        }
    }
}
