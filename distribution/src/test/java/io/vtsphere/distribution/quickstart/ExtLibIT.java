package io.vtsphere.distribution.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.vtsphere.testkit.ChildProcess;
import io.vtsphere.vindex.VindexFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code distribution/vtsphere} as its users run it: exit statuses, and vindexes of their own in {@code ext-lib}. */
class ExtLibIT {
    /** Rows with odd numbers live in the upper half. */
    private static final String PARITY = """
            package sample;
            import io.vtsphere.sqltypes.SqlValue;
            import io.vtsphere.vindex.*;
            import java.util.*;
            public final class ParityFactory implements VindexFactory {
                public String type() { return "TYPE"; }
                public Vindex create(String name, Map<String, String> params, VindexRegistry registry) {
                    return new Parity(name);
                }
                record Parity(String name) implements SingleColumnVindex {
                    public Destination map(SqlValue value) {
                        if (!value.type().isIntegral()) return None.INSTANCE;
                        boolean odd = Long.parseLong(value.text()) % 2 != 0;
                        return KeyspaceId.of(new byte[] {(byte) (odd ? 0xc0 : 0x40)});
                    }
                    public boolean verify(SqlValue value, KeyspaceId id) { return map(value).equals(id); }
                    public String type() { return "TYPE"; }
                    public int cost() { return 1; }
                    public boolean unique() { return true; }
                    public boolean needsVCursor() { return false; }
                    public Set<String> unknownParams() { return Set.of(); }
                }
            }
            """;

    private static final String VSCHEMA = """
            {"sharded": true, "vindexes": {"parity": {"type": "parity"}, "hash": {"type": "hash"}},
             "tables": {
               "customer": {"column_vindexes": [{"column": "customer_id", "name": "hash"}]},
               "corder": {"column_vindexes": [{"column": "customer_id", "name": "parity"}]}}}
            """;

    private record Output(int status, String out, String err) {}

    @TempDir
    private Path directory;

    private Path extLib;

    @BeforeEach
    void folder() throws IOException {
        extLib = Files.createDirectories(directory.resolve("ext-lib"));
    }

    @Test
    void vindex_asAProcess_hasItsStatusAndOneLineAValue() throws Exception {
        Output mapped = vtsphere("vindex", "hash", "--shards", "-80,80-", "1", "4");
        assertThat(mapped).isEqualTo(new Output(0, "166b40b44aba4bd6\t-80\nd2fd8867d50d2dfe\t80-\n", ""));
        Output wrong = vtsphere("vindex", "nosuch", "1");
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.out()).isEmpty();
        assertThat(wrong.err()).startsWith("vindexType \"nosuch\" not found; there are: binary, ");
        assertThat(vtsphere("vindex").status()).isEqualTo(2);
        Path lines = directory.resolve("lines");
        Files.writeString(
                lines,
                "{\"vindex\":\"xxhash\",\"params\":{},\"inputs\":[{\"type\":\"VARCHAR\",\"hex\":\"c3a9\"}]}\n"
                        .repeat(2000));
        Output batch = vtsphere("vindex", "--batch", lines.toString());
        assertThat(batch.status()).isZero();
        assertThat(batch.out().lines())
                .hasSize(2000)
                .containsOnly("{\"result\":\"DestinationKeyspaceID(786fb4b8df57d717)\"}");
    }

    @Test
    void jarWithATakenName_isRefusedByTheCommandAndByTheGate() throws Exception {
        jar("hash");
        String sentence =
                "vindex type \"hash\" of sample.ParityFactory is already provided by Vitess: give it another name or remove the jar";
        Output command = vtsphere("vindex", "hash", "1");
        assertThat(command).isEqualTo(new Output(1, "", "vtsphere: " + sentence + "\n"));
        Path conf = root().resolve("conf");
        Output gate = run(java("io.vtsphere.shardingsphere.ProxyLauncher", conf.toString(), "0"));
        assertThat(gate.status()).isEqualTo(1);
        assertThat(gate.err()).contains("vtsphere gate: cannot start: " + sentence + "\n");
    }

    @Test
    void jarInExtLib_namedInAVSchemaOfARunningGate_decidesWhereRowsLand() throws Exception {
        jar("parity");
        assertThat(vtsphere("vindex", "parity", "--shards", "-80,80-", "6", "7", "x")
                        .out())
                .isEqualTo("40\t-80\nc0\t80-\nnone\t\n");
        int ports = RunningCluster.freePorts();
        Path data = directory.resolve("data");
        Path log = directory.resolve("quickstart.log");
        try (ChildProcess quickstart = ChildProcess.start(
                "quickstart",
                log,
                environment(),
                List.of(
                        script().toString(),
                        "quickstart",
                        "--small",
                        "--ports-from",
                        Integer.toString(ports),
                        "--data-dir",
                        data.toString()))) {
            Settings settings = Settings.of(data, ports, true, false, false);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(120))
                    .until(() -> Files.exists(settings.readyFile()) || !quickstart.isAlive());
            assertThat(settings.readyFile()).as(() -> log(log)).exists();
            Path vschema = Files.writeString(directory.resolve("vschema.json"), VSCHEMA);
            Output applied = vtsphere(
                    "vtctl",
                    "--topo-global-server-address",
                    settings.topologyAddress(),
                    "--topo-global-root",
                    CommerceTopology.GLOBAL_ROOT,
                    "ApplyVSchema",
                    "--vschema-file",
                    vschema.toString(),
                    "customer");
            assertThat(applied.status()).as(applied.err()).isZero();
            landsBesideItsParity(settings);
        }
    }

    private static void landsBesideItsParity(Settings settings) throws Exception {
        try (Connection gate = connect(settings, "customer");
                Statement statement = gate.createStatement()) {
            Awaitility.await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
                statement.executeUpdate(
                        "insert into corder(order_id, customer_id, sku, price) values(9001, 6, 'a', 1), (9002, 7, 'b', 2), (9003, 9, 'c', 3)");
                boolean placed = count(settings, "customer:-80") == 1 && count(settings, "customer:80-") == 2;
                if (!placed) {
                    statement.executeUpdate("delete from corder where order_id > 9000");
                }
                return placed;
            });
            try (ResultSet row =
                    statement.executeQuery("select sku from corder where customer_id = 7 and order_id = 9002")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString(1)).isEqualTo("b");
            }
        }
    }

    private static int count(Settings settings, String target) throws Exception {
        try (Connection shard = connect(settings, target);
                Statement statement = shard.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from corder where order_id > 9000")) {
            assertThat(row.next()).isTrue();
            return row.getInt(1);
        }
    }

    private static Connection connect(Settings settings, String database) throws Exception {
        return DriverManager.getConnection(
                "jdbc:mysql://127.0.0.1:" + settings.gatePort() + "/" + database
                        + "?sslMode=DISABLED&allowPublicKeyRetrieval=true",
                "root",
                "");
    }

    /** A jar as a third party would build it: compiled against what the distribution ships. */
    private void jar(String type) throws IOException {
        Path classes = Files.createDirectories(directory.resolve("classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        JavaFileObject source =
                new SimpleJavaFileObject(
                        URI.create("string:///sample/ParityFactory.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return PARITY.replace("TYPE", type);
                    }
                };
        List<String> options = List.of("-cp", vindexAlgorithms(), "-d", classes.toString(), "-proc:none");
        boolean compiled = compiler.getTask(null, null, diagnostics, options, null, List.of(source))
                .call();
        assertThat(compiled).as(() -> diagnostics.getDiagnostics().toString()).isTrue();
        try (OutputStream file = Files.newOutputStream(extLib.resolve("parity.jar"));
                ZipOutputStream zip = new ZipOutputStream(file);
                Stream<Path> compiledFiles = Files.walk(classes)) {
            zip.putNextEntry(new ZipEntry("META-INF/services/io.vtsphere.vindex.VindexFactory"));
            zip.write("sample.ParityFactory".getBytes(StandardCharsets.UTF_8));
            for (Path compiledFile : compiledFiles.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry(classes.relativize(compiledFile).toString()));
                Files.copy(compiledFile, zip);
            }
        }
    }

    private static String vindexAlgorithms() {
        return VindexFactory.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
    }

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("distribution")) ? here : here.getParent();
    }

    private static Path script() {
        return root().resolve("distribution").resolve("vtsphere");
    }

    private Map<String, String> environment() {
        return Map.of("VTSPHERE_EXT_LIB", extLib.toString(), "LC_ALL", "C");
    }

    private Output vtsphere(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(script().toString()));
        command.addAll(List.of(arguments));
        return run(command);
    }

    private List<String> java(String mainClass, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", root().resolve("distribution/target/lib") + "/*:" + extLib + "/*", mainClass));
        command.addAll(List.of(arguments));
        return command;
    }

    private Output run(List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(directory, "out", "");
        Path err = Files.createTempFile(directory, "err", "");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(environment());
        Process process = builder.start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Output(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private static String log(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
