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
        DiskSpace.check(settings);
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
