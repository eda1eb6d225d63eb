package io.vtsphere.vterrors;

/**
 * The error codes of Vitess ({@code vtrpc.Code}); the first seventeen are gRPC's own, with gRPC's numbers.
 *
 * <p>{@link #CLUSTER_EVENT} and {@link #READ_ONLY} have no counterpart in gRPC's Java {@code Status}: there they travel as UNKNOWN and are
 * recognised by their text.
 */
public enum Code {
    OK,
    CANCELED,
    UNKNOWN,
    INVALID_ARGUMENT,
    DEADLINE_EXCEEDED,
    NOT_FOUND,
    ALREADY_EXISTS,
    PERMISSION_DENIED,
    RESOURCE_EXHAUSTED,
    FAILED_PRECONDITION,
    ABORTED,
    OUT_OF_RANGE,
    UNIMPLEMENTED,
    INTERNAL,
    UNAVAILABLE,
    DATA_LOSS,
    UNAUTHENTICATED,
    CLUSTER_EVENT,
    READ_ONLY;

    private static final Code[] VALUES = values();

    /** The number on the wire. */
    public int number() {
        return ordinal();
    }

    /** The code with that number; {@link #UNKNOWN} for a number out of range. */
    public static Code ofNumber(int number) {
        return number >= 0 && number < VALUES.length ? VALUES[number] : UNKNOWN;
    }

    /** Go's spelling of a gRPC code, as it appears in texts: {@code NotFound}, {@code Code(17)}. */
    public String goName() {
        if (ordinal() > UNAUTHENTICATED.ordinal()) {
            return "Code(" + ordinal() + ")";
        }
        if (this == OK) {
            return "OK";
        }
        StringBuilder name = new StringBuilder();
        for (String word : name().split("_", -1)) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(java.util.Locale.ROOT));
        }
        return name.toString();
    }
}
