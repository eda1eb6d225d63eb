package io.vtsphere.shardingsphere.bundle;

import java.io.File;
import java.lang.reflect.Method;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverAction;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * ShardingSphere-JDBC 5.5.2 as an application has it: its jars, ours and a MySQL driver, and nothing of this test. The thread that makes it is the
 * application's until it closes it.
 */
final class JdbcHost implements AutoCloseable {
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private final URLClassLoader application;
    private final Path file;
    private @Nullable DataSource dataSource;

    /** @param home where the file is written; @param yaml what is in it */
    JdbcHost(Path home, String yaml) throws Exception {
        file = Files.writeString(Files.createDirectories(home).resolve("host.yaml"), yaml);
        application = Bundle.classLoader("jdbc-5.5.2");
        Thread.currentThread().setContextClassLoader(application);
    }

    ClassLoader application() {
        return application;
    }

    /** Reads the file, and starts what it says. */
    JdbcHost start() throws Exception {
        dataSource = (DataSource) application
                .loadClass("org.apache.shardingsphere.driver.api.yaml.YamlShardingSphereDataSourceFactory")
                .getMethod("createDataSource", File.class)
                .invoke(null, file.toFile());
        return this;
    }

    Connection connect() throws SQLException {
        return Objects.requireNonNull(dataSource, "not started").getConnection();
    }

    /** Instead of {@link #start}: what the host's driver makes of the file's URL, which nothing ends. */
    Connection connectByUrl() throws Exception {
        Driver driver = (Driver) application
                .loadClass("org.apache.shardingsphere.driver.ShardingSphereDriver")
                .getConstructor()
                .newInstance();
        return driver.connect("jdbc:shardingsphere:absolutepath:" + file, new Properties());
    }

    @Override
    public void close() throws Exception {
        try {
            if (dataSource instanceof AutoCloseable started) {
                started.close();
            }
            // its gates would look for their topology for ever
            Method registered = Class.forName("io.vtsphere.jdbc.VitessDriver", true, application)
                    .getDeclaredMethod("registered");
            registered.setAccessible(true);
            ((DriverAction) registered.invoke(null)).deregister();
        } finally {
            // not closed itself: threads that end now still load classes
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
