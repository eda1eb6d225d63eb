package io.vtsphere.distribution;

import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vindex.AllShards;
import io.vtsphere.vindex.Destination;
import io.vtsphere.vindex.MultiColumnVindex;
import io.vtsphere.vindex.Vindex;
import io.vtsphere.vindex.VindexRegistry;
import io.vtsphere.vindex.calc.VindexBatch;
import io.vtsphere.vindex.calc.VindexCalculator;
import io.vtsphere.vterrors.VtException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vtsphere vindex}: where rows live, computed without a cluster. */
@Command(
        name = "vindex",
        mixinStandardHelpOptions = true,
        description = {
            "Prints where a vindex puts each value: the keyspace id in hexadecimal digits, a key range, none, or the error.",
            "With --batch it reads JSON lines {\"vindex\":..,\"params\":{..},\"inputs\":[{\"type\":\"INT64\",\"hex\":\"31\"}]} and prints one each."
        })
final class VindexCommand implements Callable<Integer> {
    private static final String HEX_PREFIX = "HEX:";

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "TYPE", description = "The vindex type, for example hash.")
    private @Nullable String type;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "VALUE",
            description = "Column values; those of several columns are joined by a comma. HEX:8a1e gives bytes.")
    private List<String> values = List.of();

    @Option(names = "--param", paramLabel = "K=V", description = "A parameter of the vindex.")
    private Map<String, String> params = Map.of();

    @Option(
            names = "--type",
            split = ",",
            paramLabel = "SQLTYPE",
            description =
                    "The SQL type of the values, once for each column: INT64, UINT64, VARCHAR, VARBINARY, DECIMAL, FLOAT64, NULL, ...; "
                            + "HEX or HEX:TYPE for values in hexadecimal digits. "
                            + "Without it integers are INT64, or UINT64 if they are too big for that, and all else is VARCHAR.")
    private List<String> types = List.of();

    @Option(
            names = "--shards",
            split = ",",
            paramLabel = "SHARD,...",
            description = "Also print the shard, for example -80,80-.")
    private List<String> shards = List.of();

    @Option(
            names = "--batch",
            paramLabel = "FILE|-",
            description = "Read JSON lines from a file or the standard input.")
    private @Nullable String batch;

    @Override
    public Integer call() throws IOException {
        VindexCalculator calculator = new VindexCalculator(VindexRegistry.load());
        if (batch != null) {
            runBatch(calculator, batch);
            return 0;
        }
        if (type == null || values.isEmpty()) {
            throw usage("a vindex type and at least one value are needed, or --batch");
        }
        if (!calculator.types().contains(type)) {
            throw usage("vindexType \"" + type + "\" not found; there are: " + String.join(", ", calculator.types()));
        }
        Vindex vindex;
        try {
            types.forEach(VindexCalculator::requireType);
            VindexCalculator.shards(AllShards.INSTANCE, shards);
            vindex = calculator.vindex(type, params);
        } catch (VtException e) {
            throw usage(e.getMessage());
        }
        PrintWriter out = commandLine().getOut();
        for (String value : values) {
            out.println(line(calculator, vindex, value));
        }
        out.flush();
        return 0;
    }

    private String line(VindexCalculator calculator, Vindex vindex, String text) {
        try {
            Destination destination = calculator.map(vindex, row(vindex, text));
            String printed = VindexCalculator.print(destination);
            return shards.isEmpty()
                    ? printed
                    : printed + "\t" + String.join(",", VindexCalculator.shards(destination, shards));
        } catch (VtException e) {
            return "error: " + e.getMessage();
        }
    }

    private List<SqlValue> row(Vindex vindex, String text) {
        String[] columns = vindex instanceof MultiColumnVindex ? text.split(",", -1) : new String[] {text};
        List<SqlValue> row = new ArrayList<>();
        for (int i = 0; i < columns.length; i++) {
            row.add(value(types.isEmpty() ? null : types.get(Math.min(i, types.size() - 1)), columns[i]));
        }
        return row;
    }

    private static SqlValue value(@Nullable String sqlType, String text) {
        if (text.startsWith(HEX_PREFIX)) {
            String of = sqlType == null ? "HEX" : HEX_PREFIX + sqlType;
            return VindexCalculator.value(of, text.substring(HEX_PREFIX.length()));
        }
        if (sqlType != null) {
            return VindexCalculator.value(sqlType, text);
        }
        return VindexCalculator.literal(text);
    }

    private void runBatch(VindexCalculator calculator, String file) throws IOException {
        try (BufferedReader in = open(file)) {
            PrintWriter out = commandLine().getOut();
            new VindexBatch(calculator).run(in, out);
            out.flush();
        }
    }

    private BufferedReader open(String file) throws IOException {
        if (file.equals("-")) {
            return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        }
        try {
            return new BufferedReader(
                    new InputStreamReader(Files.newInputStream(Path.of(file)), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            throw usage("there is no file " + file);
        }
    }

    private CommandLine commandLine() {
        return Objects.requireNonNull(spec).commandLine();
    }

    private ParameterException usage(String message) {
        return new ParameterException(commandLine(), message);
    }
}
