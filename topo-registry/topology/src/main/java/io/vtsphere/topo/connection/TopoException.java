package io.vtsphere.topo.connection;

import org.jspecify.annotations.Nullable;

/** A topology operation that did not succeed. Kinds and texts: Vitess' {@code go/vt/topo/errors.go}. Immutable. */
public final class TopoException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What went wrong; what the caller may do about it depends on this alone. */
    public enum Kind {
        /** There already is something at the path that was to be created. */
        NODE_EXISTS("node already exists: "),
        /** There is nothing at the path. */
        NO_NODE("node doesn't exist: "),
        NODE_NOT_EMPTY("node not empty: "),
        /** The server did not answer in time; a write may have happened. */
        TIMEOUT("deadline exceeded: "),
        INTERRUPTED("interrupted: "),
        /** The path changed since the version that the write was based on. */
        BAD_VERSION("bad node version: "),
        /** Some of the records that were asked for could not be read. */
        PARTIAL_RESULT("partial result: "),
        NO_UPDATE_NEEDED("no update needed: "),
        NO_IMPLEMENTATION("no such topology implementation "),
        RESOURCE_EXHAUSTED("server resource exhausted: "),
        /** The server refused for a reason of its own, which the text gives. */
        OTHER("");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    private final Kind kind;

    private TopoException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** An error about a node; the message is the kind's own text and then the node. */
    public static TopoException of(Kind kind, String node) {
        return new TopoException(kind, kind.prefix + node, null);
    }

    /** An error about a node with the error of the store below it. */
    public static TopoException of(Kind kind, String node, Throwable cause) {
        return new TopoException(kind, kind.prefix + node, cause);
    }

    public Kind kind() {
        return kind;
    }

    /** The text; never null. */
    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? "" : message;
    }
}
