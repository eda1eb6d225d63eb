package io.vtsphere.testkit;

/** Something that a process needs is missing or taken; the message is one sentence for a person, saying what would help. */
public final class StartFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartFailure(String message) {
        super(message);
    }

    public StartFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
