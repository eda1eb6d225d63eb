package io.vtsphere.distribution.quickstart;

import io.vtsphere.testkit.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The disk below the data directory, and the sentences about it. Stateless. */
final class DiskSpace {
    /** A new MySQL with its logs and the binary log of the example. */
    private static final long NEW_TABLET_BYTES = 250L << 20;

    /** What a start writes where the data is there already: logs, and InnoDB's temporary tablespace of each MySQL. */
    private static final long RESTART_BYTES = 32L << 20;

    /** Below this, a failed start is explained by the disk: MySQL and etcd allocate their files in pieces of this size. */
    private static final long FULL_BYTES = 16L << 20;

    private DiskSpace() {}

    /**
     * @throws StartFailure when the disk has less than what the tablets without data, and a start of the others, write
     * @throws IOException when the disk cannot be asked
     */
    static void check(Settings settings) throws IOException {
        long fresh = settings.tablets().stream()
                .filter(tablet -> !Files.exists(settings.dataDirectory().resolve(tablet.directory())))
                .count();
        require(
                settings.dataDirectory(),
                usable(settings.dataDirectory()),
                fresh,
                settings.tablets().size() - fresh);
    }

    /** @throws StartFailure when the free bytes are too few for so many new tablets and so many with data */
    static void require(Path directory, long free, long fresh, long kept) {
        long needed = fresh * NEW_TABLET_BYTES + kept * RESTART_BYTES;
        if (free < needed) {
            throw new StartFailure("the disk of " + directory + " has " + mebibytes(free) + " free, "
                    + (fresh > 0 ? "a new cluster needs " : "a start needs ") + mebibytes(needed) + ": free some"
                    + (fresh > 0 ? ", use --small, or choose another --data-dir" : ""));
        }
    }

    /** The failure of a start, in terms of the disk when that is full. */
    static Exception explain(Path dataDirectory, Exception failure) throws IOException {
        long free = usable(dataDirectory);
        return free < FULL_BYTES
                ? new StartFailure(
                        "the disk of " + dataDirectory + " is full (" + mebibytes(free)
                                + " free): free some; the data that is there stays",
                        failure)
                : failure;
    }

    private static long usable(Path directory) throws IOException {
        return Files.getFileStore(directory).getUsableSpace();
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }
}
