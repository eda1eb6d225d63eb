package io.vtsphere.topo.server;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/** What a lock says about its holder, in the form of Vitess' {@code go/vt/topo/locks.go}. */
final class LockText {
    private LockText() {}

    static String of(String action, Clock clock) {
        JsonObject lock = new JsonObject();
        lock.addProperty("Action", action);
        lock.addProperty("HostName", host());
        lock.addProperty("UserName", System.getProperty("user.name", ""));
        lock.addProperty("Time", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        lock.addProperty("Status", "Running");
        return new GsonBuilder().setPrettyPrinting().create().toJson(lock);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
