package io.vtsphere.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Passes TCP connections on to a tablet, until it is told to lose what goes one way or both. Bytes that are lost arrive when the network is
 * back, as TCP's retransmission would have them.
 *
 * <p>Listens on another loopback address than the tablet, with its port, so that the tablet's record leads here. Thread-safe.
 */
final class FaultProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile InetSocketAddress upstream;
    /** Guarded by this. */
    private boolean toTablet = true;

    private boolean toGate = true;

    FaultProxy(String address, int port, InetSocketAddress upstream) {
        this.upstream = upstream;
        try {
            listener = new ServerSocket();
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(InetAddress.getByName(address), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    /** Lets bytes through, or not, from now on. */
    synchronized void pass(boolean towardsTablet, boolean towardsGate) {
        toTablet = towardsTablet;
        toGate = towardsGate;
        notifyAll();
    }

    /** New connections go there; those that stand are cut. */
    void redirect(InetSocketAddress target) {
        upstream = target;
        sockets.forEach(FaultProxy::close);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                daemon(() -> connect(client));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void connect(Socket client) {
        Socket server = new Socket();
        try {
            sockets.add(client);
            sockets.add(server);
            server.connect(upstream, 2_000);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            daemon(() -> pump(client, server, true));
            pump(server, client, false);
        } catch (IOException e) {
            close(client);
            close(server);
        }
    }

    private void pump(Socket from, Socket to, boolean towardsTablet) {
        byte[] buffer = new byte[16_384];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitOpen(towardsTablet);
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // one side is gone: so is the connection
        } finally {
            close(from);
            close(to);
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private synchronized void awaitOpen(boolean towardsTablet) throws IOException {
        try {
            while (!(towardsTablet ? toTablet : toGate)) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "fault-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        close(listener);
        sockets.forEach(FaultProxy::close);
        pass(true, true);
    }
}
