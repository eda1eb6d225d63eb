package io.vtsphere.distribution.quickstart;

import io.vtsphere.frontend.MySqlListener;
import io.vtsphere.frontend.server.GateServer;
import io.vtsphere.frontend.server.GateServerConfig;
import io.vtsphere.tablet.TabletFlags;
import io.vtsphere.tablet.TabletProcess;
import io.vtsphere.topo.connection.TopoConnector;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** All programs in this process, over one topology in memory. */
final class InProcessPrograms implements Programs {
    /** Starts a part; what it returns ends it. */
    @FunctionalInterface
    private interface Start {
        AutoCloseable start() throws IOException;
    }

    private final Settings settings;
    private final TopoConnector topology;

    InProcessPrograms(Settings settings, TopoConnector topology) {
        this.settings = settings;
        this.topology = topology;
    }

    @Override
    public Program tablet(TabletSpec tablet) throws IOException {
        String[] flags = ProcessPrograms.tabletFlags(settings, tablet).toArray(String[]::new);
        return new Part(() -> TabletProcess.start(TabletFlags.parse(flags), topology));
    }

    @Override
    public Program gate() throws IOException {
        GateServerConfig config = GateServerConfig.of(GateConfiguration.keys(settings));
        return new Part(() -> gate(config));
    }

    private GateServer gate(GateServerConfig config) throws IOException {
        try {
            return GateServer.open(config, topology.borrowed(), settings.gatePort(), MySqlListener::initializer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** A part of this process. Guarded by itself. */
    private static final class Part implements Program {
        private final Start start;
        private @Nullable AutoCloseable running;

        Part(Start start) throws IOException {
            this.start = start;
            this.running = start.start();
        }

        @Override
        public synchronized boolean isAlive() {
            return running != null;
        }

        @Override
        public String log() {
            return "the output of this process";
        }

        @Override
        public synchronized void restart() throws IOException {
            close();
            running = start.start();
        }

        @Override
        public synchronized void close() {
            AutoCloseable ended = running;
            running = null;
            if (ended != null) {
                try {
                    ended.close();
                } catch (Exception e) {
                    throw new IllegalStateException("a part of the cluster could not be stopped", e);
                }
            }
        }
    }
}
