package io.vtsphere.faults;

import io.vtsphere.faults.Operation.Outcome;
import io.vtsphere.vterrors.VtException;
import java.util.List;

/** What a client may conclude from an error. Stateless. */
final class Outcomes {
    /** Texts of errors that a gate or tablet gives before a statement reaches MySQL, and MySQL's own refusal. */
    private static final List<String> NOT_DONE = List.of(
            "no healthy tablet available",
            "primary is not serving",
            "operation not allowed in state",
            "connect: connection refused",
            "request evicted for newer request",
            "primary buffer is full",
            "before failover finished",
            "wrong tablet type",
            "connection limit exceeded",
            "VT14002",
            "VT14003",
            "is either down or nonexistent",
            "(errno 1290)",
            "(errno 2003)");

    private Outcomes() {}

    static Outcome of(VtException error) {
        String text = String.valueOf(error.getMessage());
        return NOT_DONE.stream().anyMatch(text::contains) ? Outcome.FAILED : Outcome.UNKNOWN;
    }
}
