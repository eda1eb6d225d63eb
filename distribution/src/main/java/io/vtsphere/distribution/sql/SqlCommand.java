package io.vtsphere.distribution.sql;

import io.vtsphere.sql.BoundValue;
import io.vtsphere.sql.SqlModes;
import io.vtsphere.sql.Statements;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.VtException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vtsphere sql}: statements read and printed as the gate does, without a cluster. */
@Command(
        name = "sql",
        mixinStandardHelpOptions = true,
        description = {
            "Prints statements in their canonical form, one a line, or the syntax error (exit code 1).",
            "With --batch it reads JSON lines {\"sql\":..} and prints {\"sql\":..,\"kind\":..} or {\"error\":..} for each."
        })
public final class SqlCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "STATEMENT",
            description = "One statement, or several with semicolons between.")
    private @Nullable String text;

    @Option(
            names = {"--normalise", "--normalize"},
            description = "Turn literals into bind variables, and list these with their types and values.")
    private boolean normalise;

    @Option(
            names = "--batch",
            paramLabel = "FILE|-",
            description = "Read JSON lines from a file or the standard input.")
    private @Nullable String batch;

    @Option(
            names = "--sql-mode",
            paramLabel = "MODE,...",
            defaultValue = "",
            description = "Read and write as MySQL in these modes: ANSI_QUOTES, NO_BACKSLASH_ESCAPES, PIPES_AS_CONCAT.")
    private String sqlMode = "";

    public SqlCommand() {}

    @Override
    public Integer call() throws IOException {
        CommandSpec command = Objects.requireNonNull(spec);
        if ((text == null) == (batch == null)) {
            throw new ParameterException(command.commandLine(), "either a statement is needed or --batch");
        }
        SqlFormatter formatter = new SqlFormatter(SqlModes.of(sqlMode), normalise);
        PrintWriter out = command.commandLine().getOut();
        if (batch != null) {
            try (BufferedReader in = batch.equals("-")
                    ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                    : Files.newBufferedReader(Path.of(batch))) {
                new SqlBatch(formatter).run(in, out);
            }
            return 0;
        }
        try {
            for (String statement : Statements.split(Objects.requireNonNull(text), formatter.modes())) {
                print(formatter.format(statement), out);
            }
        } catch (VtException e) {
            command.commandLine().getErr().println("vtsphere: " + e.getMessage());
            return 1;
        } finally {
            out.flush();
        }
        return 0;
    }

    private static void print(SqlFormatter.Formatted formatted, PrintWriter out) {
        out.println(formatted.sql());
        formatted.bindVariables().forEach(variable -> out.println("  :" + variable.name() + " = " + value(variable)));
    }

    private static String value(BoundValue variable) {
        return variable.list() == null
                ? value(Objects.requireNonNull(variable.value()))
                : variable.list().stream().map(SqlCommand::value).collect(Collectors.joining(", ", "(", ")"));
    }

    private static String value(SqlValue value) {
        return value.type() + " " + value.text();
    }
}
