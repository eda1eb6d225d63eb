package io.vtsphere.topo.watch;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP proxy whose line can be cut, or be left open while nothing comes through any more. */
final class CuttableProxy implements Closeable {
    private enum Line {
        WHOLE,
        CUT,
        SWALLOWING
    }

    private final ServerSocket server;
    private final String targetHost;
    private final int targetPort;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile Line line = Line.WHOLE;

    CuttableProxy(String target) throws IOException {
        this.targetHost = target.substring(0, target.indexOf(':'));
        this.targetPort = Integer.parseInt(target.substring(target.indexOf(':') + 1));
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** Closes every connection and refuses new ones. */
    void cut() {
        line = Line.CUT;
        closeSockets();
    }

    /** Leaves connections open, and accepts new ones, but passes nothing on. */
    void swallow() {
        line = Line.SWALLOWING;
    }

    /** Makes the line whole; what was swallowed is lost, so old connections end. */
    void mend() {
        closeSockets();
        line = Line.WHOLE;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                if (line == Line.CUT) {
                    client.close();
                    continue;
                }
                sockets.add(client);
                Socket upstream = connect(client);
                sockets.add(upstream);
                daemon(() -> pump(client, upstream));
                daemon(() -> pump(upstream, client));
            } catch (IOException e) {
                // Either side is gone; the next client gets its own answer.
                continue;
            }
        }
    }

    private Socket connect(Socket client) throws IOException {
        try {
            return new Socket(targetHost, targetPort);
        } catch (IOException e) {
            client.close();
            throw e;
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[8192];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (line == Line.WHOLE) {
                    out.write(buffer, 0, n);
                }
            }
        } catch (IOException e) {
            // The line was cut: that is what this is for.
            return;
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private void closeSockets() {
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        closeSockets();
    }
}
