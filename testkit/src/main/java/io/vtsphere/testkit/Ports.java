package io.vtsphere.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports of the loopback address. Stateless and thread-safe. */
public final class Ports {
    /** Below the range from which Linux takes the local ports of outgoing connections, which would take them away again. */
    private static final int FIRST = 10_240;

    private static final int END = 32_768;

    private Ports() {}

    /** A port that was free a moment ago. */
    public static int free() {
        return freeRun(1);
    }

    /**
     * The first of so many ports in a row that were free a moment ago.
     *
     * @throws IllegalStateException when none were found in a thousand tries
     */
    public static int freeRun(int count) {
        for (int tries = 0; tries < 1_000; tries++) {
            int first = ThreadLocalRandom.current().nextInt(FIRST, END - count);
            int port = first;
            while (port < first + count && isFree(port)) {
                port++;
            }
            if (port == first + count) {
                return first;
            }
        }
        throw new IllegalStateException("no " + count + " free ports in a row from " + FIRST + " to " + END);
    }

    /** Whether nothing listens on that port of 127.0.0.1 now. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
