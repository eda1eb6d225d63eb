package io.vtsphere.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * MySQL 8.0.15, unpacked once per user from the archive on the class path, with an initialised empty data directory to copy from.
 *
 * <p>Kept below {@code $XDG_CACHE_HOME/vtsphere} (else {@code ~/.cache/vtsphere}). Thread-safe, also between processes: a file lock guards
 * the unpacking.
 */
public final class MySqlDistribution {
    private static final String ARCHIVE = "/mysql-Linux-amd64.tar.gz";
    private static final String VERSION = "mysql-8.0.15-2";

    /** Names are not resolved, so root needs an entry for the loopback address beside {@code localhost}. */
    private static final String ACCOUNTS =
            "create user 'root'@'127.0.0.1' identified with mysql_native_password by '';\n"
                    + "grant all on *.* to 'root'@'127.0.0.1' with grant option;\n";

    private final Path home;

    private MySqlDistribution(Path home) {
        this.home = home;
    }

    /**
     * Finds or unpacks it; the first time takes some ten seconds.
     *
     * @throws StartFailure when this machine cannot run it, with what to install
     */
    public static MySqlDistribution get() throws IOException {
        if (!"amd64".equals(System.getProperty("os.arch"))
                || !System.getProperty("os.name").startsWith("Linux")) {
            throw new StartFailure("the MySQL 8.0.15 of the tests is built for Linux on x86-64, this machine is "
                    + System.getProperty("os.name") + " on " + System.getProperty("os.arch"));
        }
        Path cache = cacheDirectory();
        Files.createDirectories(cache);
        Path home = cache.resolve(VERSION);
        try (FileChannel channel = FileChannel.open(
                        cache.resolve(VERSION + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lockOf(channel)) {
            if (!lock.isValid()) {
                throw new StartFailure("cannot lock " + cache);
            }
            MySqlDistribution distribution = new MySqlDistribution(home);
            if (!Files.exists(home.resolve("template/.complete"))) {
                distribution.install();
            }
            return distribution;
        }
    }

    /** One lock a JVM too: an OverlappingFileLockException would meet a second thread. */
    private static FileLock lockOf(FileChannel channel) throws IOException {
        synchronized (MySqlDistribution.class) {
            while (true) {
                try {
                    return channel.lock();
                } catch (java.nio.channels.OverlappingFileLockException e) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    private static Path cacheDirectory() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path base = xdg == null || xdg.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return base.resolve("vtsphere");
    }

    /** The {@code mysqld} binary. */
    public Path mysqld() {
        return home.resolve("bin/mysqld");
    }

    Path home() {
        return home;
    }

    private void install() throws IOException {
        deleteTree(home);
        unpack();
        checkLibraries();
        Path template = home.resolve("template.new");
        Path log = home.resolve("initialize.log");
        Path accounts = home.resolve("accounts.sql");
        Files.writeString(accounts, ACCOUNTS);
        try (ChildProcess process = ChildProcess.start(
                "mysqld-initialize",
                log,
                Map.of("LD_LIBRARY_PATH", home.resolve("lib").toString()),
                List.of(
                        mysqld().toString(),
                        "--no-defaults",
                        "--initialize-insecure",
                        "--disable-log-bin",
                        "--init-file=" + accounts,
                        "--user=" + System.getProperty("user.name"),
                        "--basedir=" + home,
                        "--lc-messages-dir=" + home.resolve("share"),
                        "--datadir=" + template))) {
            if (!process.await(Duration.ofMinutes(3)) || !Files.exists(template.resolve("mysql.ibd"))) {
                throw new StartFailure("mysqld could not initialise a data directory, see " + log);
            }
        }
        Files.deleteIfExists(template.resolve("auto.cnf"));
        Files.createFile(template.resolve(".complete"));
        Files.move(template, home.resolve("template"), StandardCopyOption.ATOMIC_MOVE);
    }

    private void unpack() throws IOException {
        try (InputStream raw = MySqlDistribution.class.getResourceAsStream(ARCHIVE)) {
            if (raw == null) {
                throw new StartFailure("the MySQL archive " + ARCHIVE + " is not on the class path");
            }
            TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(new BufferedInputStream(raw)));
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = home.resolve(entry.getName()).normalize();
                if (!target.startsWith(home)) {
                    throw new IOException("entry outside the archive: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else if (entry.isSymbolicLink()) {
                    Files.createDirectories(target.getParent());
                    Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(tar, target, StandardCopyOption.REPLACE_EXISTING);
                    if ((entry.getMode() & 0100) != 0 && !target.toFile().setExecutable(true)) {
                        throw new IOException("cannot make " + target + " executable");
                    }
                }
            }
        }
    }

    private void checkLibraries() throws IOException {
        Path log = home.resolve("version.log");
        try (ChildProcess process = ChildProcess.start(
                "mysqld-version",
                log,
                Map.of("LD_LIBRARY_PATH", home.resolve("lib").toString()),
                List.of(mysqld().toString(), "--no-defaults", "--version"))) {
            process.await(Duration.ofSeconds(30));
        }
        String output = Files.readString(log);
        if (output.contains("error while loading shared libraries")) {
            String library = output.replaceFirst("(?s).*shared libraries: ([^:]+):.*", "$1");
            throw new StartFailure(
                    "MySQL needs the library " + library
                            + ": install it (apt-get install libaio1 libnuma1; from Debian 13 and Ubuntu 24.04 on the first is libaio1t64)");
        }
    }

    /** Copies the initialised empty data directory to {@code target}, which must not exist. */
    void copyTemplate(Path target) throws IOException {
        Path template = home.resolve("template");
        try (Stream<Path> files = Files.walk(template)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path copy = target.resolve(template.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else if (!file.endsWith(".complete")) {
                    Files.copy(file, copy);
                }
            }
        }
    }

    static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(file);
            }
        }
    }
}
