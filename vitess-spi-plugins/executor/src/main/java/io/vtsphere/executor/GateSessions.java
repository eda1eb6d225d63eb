package io.vtsphere.executor;

/** Opens sessions for clients that have proved who they are. Thread-safe. */
@FunctionalInterface
public interface GateSessions {
    GateSession newSession(SessionParams params);
}
