package io.vtsphere.tablet;

import io.vtsphere.topo.connection.EtcdConfig;
import io.vtsphere.topo.connection.EtcdTopo;
import java.io.IOException;
import picocli.CommandLine.ParameterException;

/** The tablet server as a program: flags as vttablet's, see {@link TabletFlags}. */
public final class TabletServerMain {
    /** What a shell expects from a program that was called wrongly. */
    private static final int USAGE = 2;

    private TabletServerMain() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws InterruptedException {
        TabletFlags flags;
        try {
            flags = TabletFlags.parse(arguments);
        } catch (ParameterException e) {
            System.err.println("vtsphere tablet: " + e.getMessage());
            System.exit(USAGE);
            return;
        }
        if (flags.help) {
            System.out.println(TabletFlags.usage());
            return;
        }
        run(flags);
    }

    @SuppressWarnings("SystemOut")
    private static void run(TabletFlags flags) throws InterruptedException {
        EtcdTopo topo = new EtcdTopo(EtcdConfig.defaults());
        TabletProcess process;
        try {
            process = TabletProcess.start(flags, topo);
        } catch (IOException e) {
            System.err.println("vtsphere tablet: cannot listen: " + e.getMessage());
            topo.close();
            System.exit(1);
            return;
        }
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            process.close();
                            topo.close();
                        },
                        "shutdown"));
        process.server().awaitTermination();
    }
}
