import com.sun.management.OperatingSystemMXBean;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.apache.shardingsphere.driver.api.yaml.YamlShardingSphereDataSourceFactory;

/**
 * Point selects by the tables of plugins.py in ShardingSphere-JDBC: YAML ROWS THREADS SECONDS ROUNDS TABLE…; prints the start's milliseconds and
 * CPU milliseconds, then table, queries and CPU microseconds a query of each round.
 */
final class PointSelects {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    public static void main(String[] arguments) throws Exception {
        int rows = Integer.parseInt(arguments[1]);
        int threads = Integer.parseInt(arguments[2]);
        int seconds = Integer.parseInt(arguments[3]);
        int rounds = Integer.parseInt(arguments[4]);
        long began = System.nanoTime();
        long cpu = SYSTEM.getProcessCpuTime();
        DataSource dataSource = YamlShardingSphereDataSourceFactory.createDataSource(new File(arguments[0]));
        System.out.printf(
                "start %d %d%n", (System.nanoTime() - began) / 1_000_000, (SYSTEM.getProcessCpuTime() - cpu) / 1_000_000);
        for (int round = 0; round < rounds; round++) {
            for (int i = 5; i < arguments.length; i++) {
                run(dataSource, arguments[i], rows, threads, seconds);
            }
        }
        System.exit(0);
    }

    private static void run(DataSource dataSource, String table, int rows, int threads, int seconds) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        long before = SYSTEM.getProcessCpuTime();
        Callable<Long> client = () -> {
            long queries = 0;
            try (Connection connection = dataSource.getConnection();
                    PreparedStatement select = connection.prepareStatement("SELECT c FROM " + table + " WHERE id = ?")) {
                while (System.nanoTime() < end) {
                    select.setInt(1, ThreadLocalRandom.current().nextInt(rows) + 1);
                    try (ResultSet found = select.executeQuery()) {
                        if (!found.next()) {
                            throw new IllegalStateException("a row is missing in " + table);
                        }
                    }
                    queries++;
                }
            }
            return queries;
        };
        List<Future<Long>> clients = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            clients.add(executor.submit(client));
        }
        long queries = 0;
        for (Future<Long> each : clients) {
            queries += each.get();
        }
        executor.shutdown();
        System.out.printf("%s %d %.1f%n", table, queries, (SYSTEM.getProcessCpuTime() - before) / 1000.0 / queries);
    }
}
