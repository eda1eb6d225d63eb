package io.vtsphere.shardingsphere.topology;

/** Ends the start of a host that would go on without its databases. */
final class HostStartError extends Error {
    private static final long serialVersionUID = 1L;

    HostStartError(RuntimeException cause) {
        super(cause.getMessage(), cause);
    }
}
