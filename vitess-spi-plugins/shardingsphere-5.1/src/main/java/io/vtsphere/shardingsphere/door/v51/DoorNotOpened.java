package io.vtsphere.shardingsphere.door.v51;

/** Ends the host's start: of a listener's exceptions it logs, and goes on; only an error stops it. */
public final class DoorNotOpened extends Error {
    private static final long serialVersionUID = 1L;

    DoorNotOpened(String message, Throwable cause) {
        super("VitessMySQL: " + message, cause);
    }
}
