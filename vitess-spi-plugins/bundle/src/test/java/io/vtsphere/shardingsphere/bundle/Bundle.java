package io.vtsphere.shardingsphere.bundle;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The jar that was built, the hosts that it is dropped into, and the samples. */
final class Bundle {
    static final Path JAR = Path.of(System.getProperty("bundle.jar"));
    static final Path SAMPLES = Path.of(System.getProperty("bundle.conf"), "plugins");

    private Bundle() {}

    /** The unpacked lib directory of a host, for example {@code proxy-5.1.0}. */
    static Path lib(String host) {
        return Path.of(System.getProperty("bundle.hosts"), host, "target", "lib");
    }

    /** The jar of the MySQL driver that users put beside the plug-ins. */
    static Path connector() {
        return Path.of(com.mysql.cj.jdbc.Driver.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
    }

    /** A host with our jar as an application has it: nothing of this test is visible to it. */
    static URLClassLoader classLoader(String host) throws IOException {
        List<URL> urls = new ArrayList<>();
        try (Stream<Path> jars = Files.list(lib(host))) {
            for (Path jar : jars.sorted().toList()) {
                urls.add(url(jar));
            }
        }
        urls.add(url(JAR));
        urls.add(url(connector()));
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    private static URL url(Path jar) throws MalformedURLException {
        return jar.toUri().toURL();
    }

    /** A sample with its MySQL's address replaced. */
    static String sample(String file, int mysqlPort) throws IOException {
        return sample(file, mysqlPort, 0);
    }

    /** @param metricsPort 0 for a free one */
    static String sample(String file, int mysqlPort, int metricsPort) throws IOException {
        return Files.readString(SAMPLES.resolve(file))
                .replace("127.0.0.1:3306", "127.0.0.1:" + mysqlPort)
                .replace("port: 15001", "port: " + metricsPort);
    }
}
