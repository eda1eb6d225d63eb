package io.vtsphere.distribution.vtctl;

import io.vtsphere.topo.connection.MemoryTopo;
import io.vtsphere.topo.connection.TopoConnector;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine.Command;

/** Runs commands on a topology in memory and keeps what the last one printed. */
abstract class VtctlRuns {
    final MemoryTopo topo = new MemoryTopo();
    String out = "";
    String err = "";

    @Command(name = "vtctl")
    private final class OnMemory extends VtctlCommand {
        @Override
        TopoConnector connector() {
            return topo;
        }
    }

    /** The exit code. */
    final int vtctl(String... args) {
        StringWriter outText = new StringWriter();
        StringWriter errText = new StringWriter();
        int code = VtctlCommand.commandLine(new OnMemory())
                .setOut(new PrintWriter(outText))
                .setErr(new PrintWriter(errText))
                .execute(args);
        out = outText.toString();
        err = errText.toString();
        return code;
    }
}
