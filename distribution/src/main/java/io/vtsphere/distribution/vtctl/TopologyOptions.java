package io.vtsphere.distribution.vtctl;

import io.vtsphere.topo.connection.EtcdConfig;
import io.vtsphere.topo.connection.EtcdConfig.Credentials;
import io.vtsphere.topo.connection.EtcdConfig.Tls;
import io.vtsphere.topo.connection.EtcdTopo;
import io.vtsphere.topo.connection.TopoConnector;
import io.vtsphere.topo.connection.TopoException;
import io.vtsphere.topo.server.TopoServer;
import io.vtsphere.vterrors.VtException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Where the topology is, by Vitess' flags, and the way to run a command on it. */
abstract class TopologyOptions {
    /** What a command does; its answer is printed. */
    interface Work {
        String run(TopoServer server) throws Exception;
    }

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--topo-implementation",
            defaultValue = "etcd2",
            scope = ScopeType.INHERIT,
            description = "Only ${DEFAULT-VALUE}.")
    private String implementation = "etcd2";

    @Option(
            names = "--topo-global-server-address",
            defaultValue = "${VTSPHERE_TOPO_ADDRESS:-127.0.0.1:2379}",
            scope = ScopeType.INHERIT,
            paramLabel = "HOST:PORT,...",
            description = "The global topology; default ${DEFAULT-VALUE}, or VTSPHERE_TOPO_ADDRESS.")
    private String address = "";

    @Option(
            names = "--topo-global-root",
            defaultValue = "/vitess/global",
            scope = ScopeType.INHERIT,
            paramLabel = "PATH",
            description = "The root of its keys; default ${DEFAULT-VALUE}.")
    private String root = "";

    @Option(
            names = "--topo-etcd-tls-ca",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "PEM file with the certificates that etcd's is checked against.")
    private @Nullable Path ca;

    @Option(
            names = "--topo-etcd-tls-cert",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "PEM file with this client's certificate.")
    private @Nullable Path certificate;

    @Option(
            names = "--topo-etcd-tls-key",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "PEM file with its key.")
    private @Nullable Path key;

    @Option(
            names = "--topo-etcd-user",
            scope = ScopeType.INHERIT,
            paramLabel = "NAME",
            description = "etcd's user; the password is taken from VTSPHERE_ETCD_PASSWORD.")
    private @Nullable String user;

    @Option(
            names = "--action-timeout",
            defaultValue = "15",
            scope = ScopeType.INHERIT,
            paramLabel = "SECONDS",
            description = "How long one answer may take; default ${DEFAULT-VALUE}.")
    private int timeoutSeconds = 15;

    /** Tests bring their own store. */
    TopoConnector connector() {
        if (!implementation.equals("etcd2")) {
            throw new IllegalArgumentException(
                    "--topo-implementation " + implementation + " is unknown; there is: etcd2");
        }
        EtcdConfig defaults = EtcdConfig.defaults();
        boolean secure = ca != null || certificate != null || key != null || address.startsWith("https://");
        String password = System.getenv().getOrDefault("VTSPHERE_ETCD_PASSWORD", "");
        Duration timeout = Duration.ofSeconds(timeoutSeconds);
        return new EtcdTopo(new EtcdConfig(
                timeout,
                timeout,
                defaults.leaseTtl(),
                secure ? new Tls(ca, certificate, key) : null,
                user == null ? null : new Credentials(user, password)));
    }

    /** Runs a command and prints its answer, or in one sentence why there is none. */
    public int run(Work work) throws Exception {
        if (spec == null) {
            throw new IllegalStateException("options without a command");
        }
        CommandLine commandLine = spec.commandLine();
        PrintWriter out = commandLine.getOut();
        try (TopoConnector connector = connector();
                TopoServer server = TopoServer.open(connector, address, root)) {
            String answer = work.run(server);
            if (!answer.isEmpty()) {
                out.println(answer);
            }
            out.flush();
            return 0;
        } catch (TopoException | VtException e) {
            commandLine.getErr().println("vtsphere: " + e.getMessage());
            return 1;
        }
    }
}
